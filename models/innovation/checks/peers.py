"""Runs the model with an independent engine, once a scenario.

usage: python3 peers.py simlin|pysd MODEL < SCENARIOS
stdin:  JSON, [{"name": "…", "set": {"constant": value, …}}, …]
stdout: one line a scenario and variable: scenario, variable, then its values, by commas
"""
import json
import pathlib
import shutil
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")


def simlin(model: str, scenarios: list):
    """A table a scenario: columns are variables, rows saved instants."""
    import simlin as engine

    loaded = engine.load(model)
    for scenario in scenarios:
        yield scenario["name"], loaded.run(overrides=scenario["set"]).results


def pysd(model: str, scenarios: list):
    """The same. PySD keeps what was set from run to run, so each has a model of its own."""
    import numpy
    import pysd as engine

    # PySD prints the points of a table into the Python text that it makes of a model, by default
    # with 8 digits; this prints them so that they read back to the same bits.
    numpy.set_printoptions(floatmode="unique")
    # That text is written beside the model: give it a folder of its own.
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "model.xmile"
        shutil.copy(model, copy)
        translated = engine.read_xmile(str(copy)).py_model_file
        for scenario in scenarios:
            yield scenario["name"], engine.load(translated).run(params=scenario["set"])


def main(tool: str, model: str) -> None:
    scenarios = json.load(sys.stdin)
    for name, table in {"simlin": simlin, "pysd": pysd}[tool](model, scenarios):
        print(name, "time", *(repr(float(instant)) for instant in table.index), sep=",")
        for column in table.columns:
            variable = column.lower().replace(" ", "_")
            values = (repr(float(value)) for value in table[column])
            print(name, variable, *values, sep=",")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("simlin", "pysd"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
