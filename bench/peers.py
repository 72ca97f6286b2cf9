"""Runs the model of a job with an independent engine, for `cargo xtask bench`.

usage: python peers.py simlin JOB FOLDER     leaves FOLDER/<name>.simlin.wasm and .simlin.json
       python peers.py pysd JOB RUNS         JSON on stdout
"""
import json
import math
import pathlib
import struct
import sys
import tempfile
import time
import warnings

warnings.simplefilter("ignore")

SHIFT = 0.618033988749895


def blob(job: dict, model_path: str, folder: str) -> None:
    """Writes the model as the WebAssembly that simlin makes of it, and where its results lie."""
    import simlin
    from simlin._ffi import ffi, lib

    model = simlin.load(model_path)
    wasm, layout = ffi.new("uint8_t **"), ffi.new("uint8_t **")
    wasm_len, layout_len = ffi.new("size_t *"), ffi.new("size_t *")
    error = ffi.new("SimlinError **")
    lib.simlin_model_compile_to_wasm(
        model._ptr, False, False, wasm, wasm_len, layout, layout_len, error
    )
    if error[0] != ffi.NULL or wasm[0] == ffi.NULL:
        sys.exit(f"simlin makes no WebAssembly of {job['name']}")
    target = pathlib.Path(folder, job["name"] + ".simlin")
    target.with_suffix(".simlin.wasm").write_bytes(ffi.buffer(wasm[0], wasm_len[0])[:])
    places = layout_of(ffi.buffer(layout[0], layout_len[0])[:])
    target.with_suffix(".simlin.json").write_text(json.dumps(places), encoding="utf-8")
    lib.simlin_free(wasm[0])
    lib.simlin_free(layout[0])


def layout_of(data: bytes) -> dict:
    """Little-endian: slots, rows, offset of the results, then name and slot of each variable."""
    n_slots, n_rows, offset, count = struct.unpack_from("<QQQI", data)
    at, slots = 28, {}
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, at)
        at += 4
        name = data[at : at + length].decode("utf-8")
        (slots[name],) = struct.unpack_from("<Q", data, at + length)
        at += length + 8
    return {"n_slots": n_slots, "n_rows": n_rows, "offset": offset, "slots": slots}


def pysd(job: dict, model_path: str, runs: int) -> dict:
    """Microseconds of each run, and the outputs of one, output after output."""
    import pysd as engine

    model = engine.read_xmile(model_path)
    inputs, outputs = middle(job), job["outputs"]
    run_us = []
    # The first run is the warming-up.
    for _ in range(runs + 1):
        begin = time.perf_counter()
        table = model.run(params=inputs, return_columns=outputs)
        run_us.append((time.perf_counter() - begin) * 1e6)
    values = [float(x) for name in outputs for x in table[name]]
    return {"run_us": run_us[1:], "values": values}


def middle(job: dict) -> dict:
    """Inputs of run 0 of 1, as the engine's `Varied::value` has it."""
    values = [value for _, value in job["inputs"]]
    for nth, varied in enumerate(job["varied"]):
        part = 0.5 + nth * SHIFT
        low, high = varied["range"]
        values[varied["input"]] = low + (part - math.floor(part)) * (high - low)
    return {name: value for (name, _), value in zip(job["inputs"], values)}


def main(tool: str, path: str, last: str) -> None:
    job = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    # PySD writes its translation beside the model: give it a folder of its own.
    with tempfile.TemporaryDirectory() as folder:
        model_path = str(pathlib.Path(folder, "model.xmile"))
        pathlib.Path(model_path).write_text(job["xmile"], encoding="utf-8")
        if tool == "simlin":
            blob(job, model_path, last)
        else:
            print(json.dumps(pysd(job, model_path, int(last))))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("simlin", "pysd"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
