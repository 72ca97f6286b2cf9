//! Memory of the browser's processes, as Linux tells it; nothing elsewhere.

use std::fs;

/// A process and all that it started.
#[derive(Debug, Clone, Copy)]
pub struct Processes {
    root: Option<u32>,
}

/// One of them.
struct Process {
    resident_kb: f64,
    is_renderer: bool,
}

impl Processes {
    /// Those below a process, itself left out; none where its number is not known.
    pub fn below(root: Option<u32>) -> Self {
        Self { root }
    }

    /// What the largest process holds that shows a page and runs its workers, in kB.
    pub fn largest_renderer_kb(&self) -> Option<f64> {
        let all = self.all()?.into_iter();
        let renderers = all.filter(|process| process.is_renderer);
        renderers.map(|p| p.resident_kb).max_by(f64::total_cmp)
    }

    /// What all of them hold together, shared pages counted each time, in kB.
    pub fn all_kb(&self) -> Option<f64> {
        Some(self.all()?.iter().map(|process| process.resident_kb).sum())
    }

    fn all(&self) -> Option<Vec<Process>> {
        let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|id| Some((id, parent(id)?)))
            .collect();
        let mut found = vec![self.root?];
        let mut next = 0;
        while let Some(&one) = found.get(next) {
            found.extend(parents.iter().filter(|(_, p)| *p == one).map(|(id, _)| id));
            next += 1;
        }
        let all: Vec<Process> = found.into_iter().skip(1).filter_map(process).collect();
        (!all.is_empty()).then_some(all)
    }
}

fn parent(id: u32) -> Option<u32> {
    field(id, "PPid:")
}

fn field<T: std::str::FromStr>(id: u32, name: &str) -> Option<T> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

fn process(id: u32) -> Option<Process> {
    // KiB of 1024 bytes.
    let resident: f64 = field(id, "VmRSS:")?;
    let command = fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
    Some(Process {
        resident_kb: resident * 1.024,
        is_renderer: command.contains("--type=renderer"),
    })
}
