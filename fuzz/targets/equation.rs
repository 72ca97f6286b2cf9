//! Any text as the equation of a variable, beside arrays, macros and a module it may name.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "run.rs"]
mod run;

fuzz_target!(|data: &[u8]| {
    let Ok(equation) = std::str::from_utf8(data) else {
        return;
    };
    let equation = equation.replace("]]>", "");
    run::loaded_and_run(&format!(
        r#"<xmile><sim_specs><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs>
<dimensions><dim name="d" size="3"/><dim name="e"><elem name="p"/><elem name="q"/></dim></dimensions>
<model><variables>
<aux name="x"><eqn><![CDATA[{equation}]]></eqn></aux>
<aux name="y"><dimensions><dim name="d"/><dim name="e"/></dimensions><eqn><![CDATA[{equation}]]></eqn></aux>
<stock name="s"><dimensions><dim name="d"/></dimensions><eqn>d</eqn><inflow>f</inflow></stock>
<flow name="f"><dimensions><dim name="d"/></dimensions><eqn>s / 3</eqn></flow>
<aux name="t"><eqn>TIME</eqn><gf><xscale min="0" max="4"/><ypts>0,3,1</ypts></gf></aux>
<aux name="k"><eqn>2</eqn></aux><module name="m"><connect to="i" from="k"/></module>
</variables></model>
<model name="m"><variables><aux name="i"><eqn>1</eqn></aux><aux name="o"><eqn>i + 1</eqn></aux></variables></model>
<macro name="g"><parm>a</parm><parm default="a">b</parm><eqn>h</eqn><variables>
<stock name="h"><eqn>a</eqn><inflow>b</inflow></stock><flow name="b"/></variables></macro></xmile>"#
    ));
});
