// Times in the page: ours by its module, simlin's by the module it made of the same model.
// A browser's clock is coarse, so a sample lasts some 30 ms, by as many passes as that takes.
import init, * as ours from "./bench-page.js";
import { simlin } from "./simlin.js";

const SAMPLE_MS = 30;
// Past this a pass needs no warming-up of its own.
const LONG_MS = 1000;
// Runs one after another that take longer are not repeated: each takes as long as a single one.
const LONGEST_MS = 5000;
// More than a block of the batched VM, and a remainder.
const COMPARED = 301;

const wasm = await init({ module_or_path: "./bench-page_bg.wasm" });
const heap = () => wasm.memory.buffer.byteLength;

const elapsed = (work) => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};

const calibrated = (work) => {
  for (let n = 1; ; n *= 2) if (elapsed(() => work(n)) >= SAMPLE_MS) return n;
};

// A sample of work(n), which does n × each things.
const passes = (work, each) => {
  const n = calibrated(work);
  return { n: n * each, work: () => work(n) };
};

// Microseconds of one thing, one a sample, for each of the programs that are there; they take
// turns, so that a change of the machine's speed touches all of them.
const byTurns = (samples, programs) => {
  const times = programs.map((program) => program && []);
  for (let k = 0; k < samples; k++) programs.forEach((program, p) => {
    if (program) times[p].push(elapsed(program.work) * 1e3 / program.n);
  });
  return times;
};

// The job, and simlin's module of its model where there is one.
let current;
let other;

// Text to program: first in a fresh page, warmed up as the shipped one is, then settled. Single runs, ours and simlin's by turns.
window.measure = async (name, samples, withSimlin) => {
  const text = await (await fetch(`./${name}.json`)).text();
  current = JSON.parse(text);
  const { xmile } = current;
  const warmUp = await (await fetch("./warm_up.xmile")).text();
  const warm_up_ms = elapsed(() => ours.compile(warmUp));
  const cold_load_ms = elapsed(() => ours.compile(xmile));
  const wrong = ours.prepare(text);
  if (wrong) throw new Error(wrong);
  other = withSimlin ? await simlin(name, current) : null;
  const values = Array.from(ours.check_values());
  const member = ours.differing_member(COMPARED);
  if (member !== undefined) throw new Error(`${name}: member ${member} differs from its single run`);
  const [run_us, their_us] = byTurns(samples, [
    passes(ours.run_many, 1),
    other && passes(other.runMany, 1),
  ]);
  calibrated((times) => { while (times--) ours.compile(xmile); });
  const load_ms = Array.from({ length: samples }, () => elapsed(() => ours.compile(xmile)));
  return {
    ours: { values, run_us, load_ms, cold_load_ms, warm_up_ms },
    simlin: other && { values: other.values(), run_us: their_us },
  };
};

// An ensemble of that job, with the memory before and after; by turns with as many runs of
// simlin's, where those do not take too long.
window.ensemble = (members, samples, withSimlin) => {
  const before = heap();
  let sum;
  const first = elapsed(() => { sum = ours.run_members(members); });
  if (Number.isNaN(sum)) throw new Error(`no ensemble of ${members}`);
  const heaps = [before, heap()];
  const repeat = (times) => { while (times--) ours.run_members(members); };
  const once = { n: members, work: () => ours.run_members(members) };
  const theirs = () => ({ n: members, work: () => other.runMany(members) });
  const [member_us, their_us] = byTurns(samples, [
    first < LONG_MS ? passes(repeat, members) : once,
    withSimlin && elapsed(() => other.runMany(members / 10)) * 10 < LONGEST_MS && theirs(),
  ]);
  return {
    ours: { members, member_us, heap: heaps },
    simlin: their_us && { members, member_us: their_us },
  };
};

document.body.dataset.ready = "yes";
