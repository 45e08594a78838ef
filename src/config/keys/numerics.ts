import { z } from 'zod';
import { memorySizePattern } from '../memorySize.js';
import { active, dead, type Key, within } from './key.js';
import {
  choice,
  duration,
  durationOrZero,
  flag,
  integer,
  nonNegative,
  positive,
  temperature,
  text,
} from './types.js';

const legacyOnly = 'used by the legacy solver only; the resolved solver chooses its steps by numerics.rtol';

const end: Key[] = [
  active('t_end_years', duration.nullable(), null, 'End of the run.', 'params.stops.end', { unit: 'yr' }),
  active(
    't_end_orbits',
    positive.nullable(),
    null,
    'End of the run; wins over t_end_years.',
    'params.stops.end',
    { unit: 'orbits' },
  ),
  active(
    't_end_until_temperature_K',
    temperature.nullable(),
    null,
    'End when T_M has fallen to this; wins over t_end_orbits and t_end_years. Refused when T_M never gets there.',
    'params.stops.temperature',
    { unit: 'K' },
  ),
  active(
    't_end_temperature_margin_years',
    durationOrZero,
    0,
    'Goes on this long after the temperature stop.',
    'params.stops.temperatureMargin',
    { unit: 'yr' },
  ),
  active(
    't_end_temperature_search_years',
    duration.nullable(),
    null,
    'Refuses a run whose temperature stop lies later.',
    'checked before the start',
    { unit: 'yr' },
  ),
  active(
    'min_duration_years',
    durationOrZero.nullable(),
    null,
    'The run lasts at least this long; other stops act only after it.',
    'params.stops.minDuration, params.stops.end',
    { unit: 'yr' },
  ),
  active(
    'stop_on_blowout_below_smin',
    flag,
    false,
    'Ends when the blow-out size falls to s_min.',
    'params.stops.blowoutBelowGrid',
  ),
  active(
    'mass_loss_rate_stop_Mmars_s',
    positive.nullable(),
    null,
    'Ends when the loss rate falls to this.',
    'params.stops.lossRate',
    { unit: 'M_Mars/s' },
  ),
  active(
    'mass_budget_stop',
    positive.nullable(),
    null,
    'Ends when the relative error of the mass budget exceeds this (--enforce-mass-budget of the original: 0.005). Every run is checked against 1e-12 at its end.',
    'params.stops.massError',
  ),
];

const solver: Key[] = [
  active(
    'solver',
    choice('resolved', 'legacy'),
    'resolved',
    'Error-controlled solver, or the fixed steps of the original.',
    'model, params',
  ),
  active(
    'rtol',
    z.number().min(1e-13).max(0.01),
    1e-6,
    'Relative tolerance; 1e-4 is fast, 1e-8 a good check. (Dead in the original.)',
    'params.solver.rtol',
  ),
  active(
    'eta',
    z.number().min(1e-12).max(1),
    1e-4,
    'Absolute floor of the tolerance, as a share of current totals.',
    'params.solver.eta',
  ),
  active(
    'max_steps',
    integer(1),
    1e7,
    'A run that is not done after this many steps fails. No influence on results.',
    'segments.runSteps',
  ),
  dead('dt_init', z.union([positive, z.literal('auto')]), legacyOnly),
  dead('safety', positive, legacyOnly),
  dead('atol', positive, 'numerics.eta sets the absolute tolerance'),
  dead('dt_min_tcoll_ratio', nonNegative, legacyOnly),
  dead('dt_over_t_blow_max', positive.nullable(), legacyOnly, [null]),
  dead('eval_per_step', flag, 'temperature and blow-out size follow every step', [true]),
  active(
    'orbit_rollup',
    flag.nullable(),
    null,
    'Losses of each orbit, orbit_rollup.csv. null: as in the original with numerics.solver legacy, not with resolved, where ten years have 40 times as many orbits as steps.',
    'params.output.orbitRollup',
  ),
  dead('collision_cache.persist', flag, 'a cache without influence on results'),
  dead('collision_cache.size_scale', positive, 'a cache without influence on results'),
];

const durability: Key[] = [
  active(
    'checkpoint.interval_years',
    duration,
    1,
    'Length of a segment, and distance of checkpoint files; at least 1 s. No influence on results, not part of the identity.',
    'segments.interval',
    { unit: 'yr' },
  ),
  active(
    'checkpoint.enabled',
    flag,
    false,
    'Leaves a checkpoint file at each multiple of the interval and at the end. Runs go on after a crash with or without.',
    'checkpoints.enabled',
  ),
  active(
    'checkpoint.path',
    text.nullable(),
    null,
    'Folder of the checkpoint files, inside the output folder, where relative paths start; {outdir} stands for it. null: checkpoints.',
    'checkpoints.folder',
  ),
  active(
    'checkpoint.format',
    choice('binary', 'json', 'pickle'),
    'binary',
    'json is readable; both are exact. pickle: binary, with a warning.',
    'checkpoints.format',
  ),
  active(
    'checkpoint.keep_last_n',
    integer(0),
    3,
    'Only the newest so many checkpoint files stay; 0: all.',
    'checkpoints.keepLast',
  ),
  active(
    'resume.enabled',
    flag,
    false,
    'A run without history begins at a checkpoint file. (The same command goes on from its history by itself.)',
    'resume.enabled',
  ),
  active(
    'resume.from_path',
    text.nullable(),
    null,
    'The checkpoint file; relative paths start at the configuration. null: the newest whole one of the checkpoints folder.',
    'resume.from',
  ),
];

const execution: Key[] = within('execution', [
  active(
    'segment_max_steps',
    integer(1).nullable(),
    null,
    'Ends a segment after this many steps. No influence on results.',
    'segments.maxSteps',
  ),
  active(
    'segment_max_compute',
    duration,
    60,
    'Ends a segment after this much computing. No influence on results.',
    'segments.maxCompute',
    { unit: 's' },
  ),
  active(
    'segment_min_compute',
    durationOrZero.nullable(),
    null,
    'A segment that has computed for less than this goes on beyond the multiple of the checkpoint interval, to the next one. null: 2 s in cases of ' +
      'a sweep, which the server would otherwise be busy with, 0 in a single run. No influence on results; checkpoint files stay where they are.',
    'segments.minCompute',
    { unit: 's' },
  ),
  active(
    'memory_limit',
    z.union([positive, z.string().regex(memorySizePattern).meta({ title: 'a size such as "2 GiB"' })]),
    '2 GiB',
    'A run whose estimate exceeds it is refused before it starts.',
    'memoryLimit',
    { unit: 'bytes' },
  ),
]);

/** End of the run, solver, durability and execution. */
export const numericsKeys: readonly Key[] = [
  ...within('numerics', [...end, ...solver, ...durability]),
  ...execution,
];
