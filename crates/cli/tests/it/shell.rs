//! Runs the command in a workspace of its own: a folder with one model and one pack.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

const PACK: &str = include_str!("../../../pack/tests/it/pack.toml");
const ACTUALS: &str = include_str!("../../../pack/tests/it/actuals.csv");
const MODEL: &str = include_str!("../../../pack/tests/it/model.xmile");

/// `models/registry` and `packs/testtown`, removed when dropped.
pub(crate) struct Workspace {
    root: PathBuf,
}

/// A sentence that has no number of its own, so that targets of any value may stand on it.
const WISH: &str = "[[source]]\nid = \"wish\"\ndocument = \"试城规划\"\noffice = \"\"\ndate = \"\"\n\
                    status = \"征求意见稿\"\nquote = \"登记企业逐年增加\"\n\n";

/// A target of the town's register.
pub(crate) fn target(id: &str, [from, to]: [i32; 2], at: &str, value: f64, more: &str) -> String {
    format!(
        "[[target]]\nid = \"{id}\"\nindicator = \"firms\"\nfrom = {from}\nto = {to}\n\
         at = \"{at}\"\ncomparator = \">=\"\nvalue = {value:?}\nsource = \"wish\"\nnote = \"\"\n\
         {more}\n\n"
    )
}

impl Workspace {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}", std::process::id());
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let workspace = Self { root };
        workspace.write("models/registry/model.xmile", MODEL);
        workspace.write("packs/testtown/pack.toml", PACK);
        workspace.write("packs/testtown/actuals.csv", ACTUALS);
        workspace.write(
            "documents/plan.txt",
            "规划。到2027年，登记企业\n达到180家。",
        );
        workspace
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds records to the town's pack.
    #[track_caller]
    pub(crate) fn add_records(&self, records: &str) {
        let place = "[status_rule]";
        self.edit(
            "packs/testtown/pack.toml",
            place,
            &format!("{records}{WISH}{place}"),
        );
    }

    /// Replaces the one place in a file.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "no `{old}` in {name}");
        self.write(name, &text.replacen(old, new, 1));
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidemark"));
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// Exit code, standard output, standard error.
    #[track_caller]
    pub(crate) fn tidemark(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        let Output {
            status,
            stdout,
            stderr,
        } = output.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    /// The whole answer as one text.
    #[track_caller]
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.tidemark(arguments);
        format!("exit {code}\n{out}--\n{err}")
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // What is left behind lies in the build folder.
        let _ = fs::remove_dir_all(&self.root);
    }
}
