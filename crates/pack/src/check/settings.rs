//! Settings: one figure, a unit, words to stand on, sources that exist.

use super::Checker;

impl Checker<'_> {
    pub(super) fn settings(&mut self) {
        let pack = self.pack;
        for setting in &pack.setting {
            let me = ("setting", setting.variable.as_str());
            for (key, text) in [
                ("variable", &setting.variable),
                ("label", &setting.label),
                ("model_unit", &setting.model_unit),
                ("note", &setting.note),
            ] {
                self.given(me, key, text);
            }
            match (setting.value, setting.share) {
                (Some(figure), None) | (None, Some(figure)) if figure.is_finite() => {}
                (Some(figure), None) | (None, Some(figure)) => {
                    self.error("not-finite", me.0, me.1, format!("value {figure}"));
                }
                _ => {
                    let what = "it needs one of `value` and `share`, not both".to_owned();
                    self.error("setting-figure", me.0, me.1, what);
                }
            }
            for source in &setting.sources {
                self.one_of(me, "source", source, &["source"]);
            }
        }
    }
}
