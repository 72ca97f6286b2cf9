//! Starts the page; everything else is in the library.

fn main() {
    tidemark_app::start();
}
