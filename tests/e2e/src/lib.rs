//! Browser journeys.
