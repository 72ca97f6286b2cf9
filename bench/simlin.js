// A model as the module that simlin made of it: no imports, every variable kept at every row.
// Its answers lie row after row in its memory; the layout file says where.

const SHIFT = 0.618033988749895;

// Names as simlin writes them: lower case, underscores for blanks.
const canonical = (name) => name.toLowerCase().replaceAll(" ", "_").replaceAll(", ", ",");

export const simlin = async (name, job) => {
  const layout = await (await fetch(`./${name}.simlin.json`)).json();
  const bytes = await (await fetch(`./${name}.simlin.wasm`)).arrayBuffer();
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { set_value, reset, run, memory } = instance.exports;
  const slot = (variable) => {
    const found = layout.slots[canonical(variable)];
    if (found === undefined) throw new Error(`simlin has no ${variable}`);
    return found;
  };
  const inputs = job.inputs.map(([variable, value]) => ({ slot: slot(variable), value }));
  const outputs = job.outputs.map(slot);
  const at = (row, of) => layout.offset / 8 + row * layout.n_slots + of;

  // Run k of n, as `Varied::value` has it.
  const one = (k, n) => {
    job.varied.forEach(({ input, range: [low, high] }, nth) => {
      const part = (k + 0.5) / n + nth * SHIFT;
      set_value(inputs[input].slot, low + (part - Math.floor(part)) * (high - low));
    });
    reset();
    run();
  };
  inputs.forEach((input) => set_value(input.slot, input.value));

  const last = layout.n_rows - 1;
  return {
    values() {
      one(0, 1);
      const kept = new Float64Array(memory.buffer);
      return outputs.flatMap((of) =>
        Array.from({ length: layout.n_rows }, (_, row) => kept[at(row, of)]));
    },
    runMany(n) {
      const kept = new Float64Array(memory.buffer);
      let sum = 0;
      for (let k = 0; k < n; k++) {
        one(k, n);
        sum += kept[at(last, outputs[0])];
      }
      return sum;
    },
  };
};
