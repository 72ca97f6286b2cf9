//! Things to be done, each under a key; a later one takes the place of an earlier one.

type Job = Box<dyn FnOnce()>;

/// What waits, in order.
#[derive(Default)]
pub(super) struct Jobs(Vec<(String, Job)>);

impl Jobs {
    /// Adds a job at the end, instead of one of the same key.
    pub(super) fn put(&mut self, key: &str, job: impl FnOnce() + 'static) {
        self.take(key);
        self.0.push((key.to_owned(), Box::new(job)));
    }

    /// Takes out what waits under a key.
    pub(super) fn take(&mut self, key: &str) -> Option<Job> {
        let place = self.0.iter().position(|(waiting, _)| waiting == key)?;
        Some(self.0.remove(place).1)
    }

    /// Does them all; not to be called while what holds them is borrowed, since a job may add another.
    pub(super) fn run(self) {
        for (_, job) in self.0 {
            job();
        }
    }
}
