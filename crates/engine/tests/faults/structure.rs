//! Faults of arrays, modules and macros.

use expect_test::expect;

use crate::check_file;

/// A file with two dimensions.
fn file_with_arrays(rest: &str) -> String {
    format!(
        "<xmile><sim_specs time_units=\"year\"><start>0</start><stop>4</stop></sim_specs>\
         <dimensions><dim name=\"city\"><elem name=\"east\"/><elem name=\"west\"/></dim>\
         <dim name=\"n\" size=\"3\"/></dimensions>\n{rest}</xmile>"
    )
}

#[test]
fn subscripts() {
    check_file(
        &file_with_arrays(
            "<model><variables>\n\
             <aux name=\"a\"><dimensions><dim name=\"city\"/></dimensions><eqn>1</eqn></aux>\n\
             <aux name=\"b\"><eqn>a</eqn></aux>\n\
             <aux name=\"c\"><eqn>a[north] + a[east, west] + a[3] + a[0] + a[*] + b[1]</eqn></aux>\n\
             <aux name=\"d\"><dimensions><dim name=\"town\"/></dimensions><eqn>1</eqn></aux>\n\
             <aux name=\"e\"><dimensions><dim name=\"n\"/></dimensions><eqn>a + a[n]</eqn></aux>\n\
             <aux name=\"f\"><dimensions><dim name=\"n\"/></dimensions><eqn>1, 2</eqn></aux>\n\
             <aux name=\"g\"><dimensions><dim name=\"city\"/></dimensions><element subscript=\"east\"><eqn>1</eqn></element><element subscript=\"up\"><eqn>1</eqn></element></aux>\n\
             <aux name=\"h\"><eqn>SUM() + RANK(a) + 1:2</eqn></aux>\n\
             <stock name=\"s\"><dimensions><dim name=\"n\"/></dimensions><eqn>0</eqn><inflow>i</inflow></stock>\n\
             <flow name=\"i\"><dimensions><dim name=\"city\"/></dimensions><eqn>0</eqn></flow>\n\
             </variables></model>",
        ),
        expect![[r#"
            m.xmile:4:20: error[needs-element]: `a` is an array over city, but one value is wanted here
              hint: name an element, `a[…]`, or sum it, `SUM(a)`
              [a | city]
            m.xmile:5:22: error[bad-subscript]: `north` is no element of `city`, over which `a` is an array
              [a | north]
            m.xmile:5:31: error[bad-subscript]: `a` has 1 dimensions, not 2
              [a | 1]
            m.xmile:5:49: error[bad-subscript]: `3` is no element of `city`, over which `a` is an array
              [a | 3]
            m.xmile:5:56: error[bad-subscript]: `0` is no element of `city`, over which `a` is an array
              [a | 0]
            m.xmile:5:61: error[needs-element]: `a` is an array over city, but one value is wanted here
              hint: name an element, `a[…]`, or sum it, `SUM(a)`
              [a | city]
            m.xmile:5:68: error[bad-subscript]: `b` is no array
              [b | 0]
            m.xmile:6:38: error[unknown-dimension]: `town` names no dimension
              [town | ]
            m.xmile:7:60: error[needs-element]: `a` is an array over city, but one value is wanted here
              hint: name an element, `a[…]`, or sum it, `SUM(a)`
              [a | city]
            m.xmile:7:66: error[bad-subscript]: `n` is no element of `city`, over which `a` is an array
              [a | n]
            m.xmile:8:60: error[bad-subscript]: `f` has 3 elements but 2 equations in a row
              [f | 2]
            m.xmile:9:12: error[no-equation]: `g[west]` has no equation
              [g[west]]
            m.xmile:9:126: error[bad-subscript]: `up` is no element of the array `g`
              [g | up]
            m.xmile:10:39: error[bad-syntax]: `:` stands where an operator or the end should be
              [:]
            m.xmile:11:77: error[needs-element]: `i` is an array over city, but one value is wanted here
              hint: name an element, `i[…]`, or sum it, `SUM(i)`
              [i | city]
            m.xmile:12:13: note[loose-flow]: the flow `i[east]` fills and empties no stock of this model
              [i[east]]
        "#]],
    );
    check_file(
        "<xmile><sim_specs><start>0</start><stop>1</stop></sim_specs><dimensions>\n<dim name=\"a\"/>\n\
         <dim name=\"b\"><elem name=\"x\"/><elem name=\"X\"/></dim>\n<dim name=\"B\" size=\"2\"/>\n\
         <dim name=\"c\" size=\"2\"><isee:maps_to>d</isee:maps_to></dim></dimensions><model><variables/></model></xmile>",
        expect![[r#"
            m.xmile:2:1: error[bad-dimension]: the dimension `a` has no elements, or more than 10000
              hint: give its size, or name each of its elements
              [a]
            m.xmile:3:12: error[bad-dimension]: the dimension `b` has `X` twice
              [b]
            m.xmile:4:12: error[bad-dimension]: the dimension `B` is defined twice
              [B]
            m.xmile:5:38: error[bad-dimension]: the dimension `c` maps to `d`, which is no dimension of as many elements
              [c]
            m.xmile:5:73: warning[no-variables]: the model has no variables
              []
        "#]],
    );
}

#[test]
fn modules_and_macros() {
    check_file(
        &file_with_arrays(
            "<model><variables>\n<module name=\"part\"><connect to=\"nothing\" from=\"x\"/><connect to=\"input\" from=\"xx\"/><connect to=\"input\"/></module>\n\
             <module name=\"prt\"/>\n<aux name=\"x\"><eqn>part.out + part.inner + twice(1) + twice(1, 2) + half(2) + twice(1).z</eqn></aux>\n\
             <module name=\"loop\"/></variables></model>\n\
             <model name=\"part\"><variables><aux name=\"input\" access=\"input\"><eqn>1</eqn></aux><aux name=\"out\"><eqn>input</eqn></aux></variables></model>\n\
             <model name=\"loop\"><variables><module name=\"loop\"/></variables></model>\n\
             <macro name=\"twice\"><parm>v</parm><eqn>v * x</eqn></macro>\n\
             <macro name=\"half\"><parm>v</parm><eqn>half(v)</eqn></macro>\n<macro name=\"none\"/>",
        ),
        expect![[r#"
            m.xmile:3:34: error[bad-connection]: the module `part` has no input `nothing`
              [part | nothing]
            m.xmile:3:79: error[unknown-name]: `xx` names no variable of this model
              hint: did you mean `x`?
              [xx | x]
            m.xmile:3:84: error[bad-connection]: a connection of the module `part` lacks `to` or `from`
              hint: say both: `to` an input of the module, `from` a variable
              [part | ]
            m.xmile:4:15: error[unknown-module]: the module `prt` has no model `prt` in this file
              hint: did you mean `part`?
              [prt | part]
            m.xmile:5:31: error[unknown-name]: `part.inner` names no variable of this model
              [part.inner | ]
            m.xmile:5:55: error[wrong-arguments]: `twice` takes 1 arguments, not 2
              [twice | 2]
            m.xmile:5:87: error[unknown-name]: the macro `twice` has no output `z`
              hint: an output is a variable with access="output"
              [z | ]
            m.xmile:8:45: error[contains-itself]: the module `loop` contains itself
              [loop]
            m.xmile:9:44: error[unknown-name]: `x` names no variable of this model
              hint: a macro sees its parameters and its own variables only
              [x | ]
            m.xmile:10:39: error[contains-itself]: the macro `half` calls itself
              [half]
            m.xmile:11:14: error[no-equation]: the macro `none` has no equation
              [none]
        "#]],
    );
}

#[test]
fn a_fault_of_many_elements_is_told_once() {
    check_file(
        &file_with_arrays(
            "<model><variables>\n\
             <aux name=\"a\"><dimensions><dim name=\"n\"/></dimensions><eqn>1</eqn><units>person</units></aux>\n\
             <aux name=\"b\"><dimensions><dim name=\"n\"/></dimensions><eqn>a + twice(a) + TIME</eqn><units>person</units></aux>\n\
             <aux name=\"c\"><eqn>SUM(a) / nothing</eqn><units>person</units></aux>\n\
             </variables></model><macro name=\"twice\"><parm>x</parm><eqn>x * 2</eqn></macro>",
        ),
        expect![[r#"
            m.xmile:4:73: error[unit-mismatch]: the two sides of + differ: person and year (in `b[1]`)
              [b[1] | person | year | the two sides of +]
            m.xmile:5:29: error[unknown-name]: `nothing` names no variable of this model
              [nothing | ]
        "#]],
    );
}

#[test]
fn dots_are_looked_through_once() {
    let dots = ".m".repeat(3000) + &".".repeat(3000);
    let text = file_with_arrays(&format!(
        "<model><variables><aux name=\"a\"><eqn>{dots}</eqn></aux></variables></model>"
    ));
    let (loaded, faults) = crate::loaded(&text);
    assert!(loaded.is_none() && faults.has_errors());
}
