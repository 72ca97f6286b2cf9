//! The site works under any path, and on a server that does not know `.wasm`.

use anyhow::Result;
use tidemark_e2e::{Setting, Site, journey};

use crate::app;

#[test]
fn the_site_works_in_a_folder_of_a_server() -> Result<()> {
    let setting = Setting {
        path: "/deep/tidemark/",
        ..Setting::of(Site::copied_below("sub-path", "deep/tidemark")?)
    };
    journey("sub-path", setting, async |page| {
        app::ready(page).await.map(|_| ())
    })
}

#[test]
fn a_module_served_as_something_else_still_starts() -> Result<()> {
    let site = Site::copied("wrong-type")?;
    let module = site.find(".wasm")?;
    let other = module.replace(".wasm", ".bin");
    site.write(&other, &site.read(&module)?)?;
    site.remove(&module)?;
    for file in ["index.html".to_owned(), site.find_starting("boot-")?] {
        let text = String::from_utf8(site.read(&file)?)?;
        site.write(&file, text.replace(&module, &other).as_bytes())?;
    }
    journey("wrong-type", Setting::of(site), async |page| {
        app::ready(page).await.map(|_| ())
    })
}
