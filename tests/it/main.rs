//! Native integration tests.
