//! Native integration tests.

mod cases;
