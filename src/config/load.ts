import { basename, join, resolve } from 'node:path';
import { archiveOf } from './archive.js';
import { type Base, baseOf, readText } from './base.js';
import { checkpointFiles, resumeOf } from './checkpoints.js';
import { ConfigurationError } from './error.js';
import { deepFreeze } from './freeze.js';
import { identityOf } from './identity.js';
import { idleWarnings } from './idle.js';
import { keys } from './keys/index.js';
import { buildLegacyParams } from './legacy/params.js';
import { buildMarsParams } from './mars/params.js';
import { memorySize } from './memorySize.js';
import { Problems } from './problems.js';
import type { Archive, Origin, RunSpec, Streaming } from './runSpec.js';
import { segmentLimits } from './segments.js';
import { Settings } from './settings.js';
import type { Entry } from './source/entry.js';
import { nested, overlay } from './source/layers.js';
import { readEnvironment, readOverrides } from './source/typed.js';
import { readYaml } from './source/yamlFile.js';
import { Inputs } from './tables/inputs.js';
import { validate } from './validate.js';

export interface LoadRequest {
  /** Path of the YAML file. */
  readonly file: string;
  /** `KEY=VALUE` words, later ones win. */
  readonly overrides?: readonly string[];
  /** Environment variables; `MARSDISK__a__b` sets `a.b`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Output folder that wins over io.outdir. */
  readonly outdir?: string | undefined;
}

const titleOf = (file: string) => basename(file).replace(/\.(ya?ml|json)$/i, '');

function streaming(settings: Settings): Streaming {
  const gigabytes = settings.maybeNumber('io.streaming.memory_limit_gb');
  const flush = settings.maybeNumber('io.streaming.step_flush_interval');
  return {
    memoryLimit: gigabytes === null ? null : gigabytes * 2 ** 30,
    flushRows: flush === 0 ? null : flush,
    merge: settings.flag('io.streaming.merge_at_end'),
    removeParts: settings.flag('io.streaming.cleanup_chunks'),
  };
}

/** What was resolved, under the user's names: every active key, and others where they were given. */
function record(settings: Settings, outdir: string, archive: Archive | null) {
  const shownKeys = keys.filter(
    ({ name }) => settings.acts(name) || settings.given(name) || settings.isDecided(name),
  );
  const off = (name: string) => settings.switchedOff('optical_depth') && name.startsWith('optical_depth.');
  const names = shownKeys.map((key) => key.name).filter((name) => !off(name));
  const resolved = [...settings.resolved(names), ...settings.nullSections()];
  const places: Readonly<Record<string, string>> = {
    'io.outdir': outdir,
    ...(archive !== null && { 'io.archive.dir': archive.dir }), // found also from another folder
  };
  const entries = resolved.map((entry) => ({ ...entry, value: places[entry.name] ?? entry.value }));
  return {
    configuration: nested(entries),
    origins: Object.fromEntries(entries.map(({ name, origin }): [string, Origin] => [name, origin])),
  };
}

/** What tells a run from others with the same base. */
export interface OwnPart {
  readonly title: string;
  /** Over those of the base. */
  readonly entries?: readonly Entry[];
  /** Of its random numbers, where no layer gives one. */
  readonly seed?: number;
  /** Wins over io.outdir. */
  readonly outdir?: { readonly path: string; readonly origin: Origin } | undefined;
}

/** With a seed for the random numbers that the entries ask for, unless they bring one of their own. */
function seeded(entries: Base['entries'], seed: number | undefined): Base['entries'] {
  const name = 'dynamics.rng_seed';
  const asked = ['dynamics.e_mode', 'dynamics.i_mode'].some(
    (mode) => (entries.get(mode)?.value ?? 'fixed') !== 'fixed',
  );
  if (seed === undefined || !asked || (entries.get(name)?.value ?? null) !== null) return entries;
  return new Map([...entries, [name, { name, value: seed, origin: 'sweep', place: {} }]]);
}

/**
 * The run that the base and its own values describe.
 * @throws ConfigurationError with every problem found, each with its place.
 */
export async function specOf(base: Base, own: OwnPart): Promise<RunSpec> {
  const given = own.entries === undefined ? base.entries : overlay([own.entries], base.entries);
  const entries = seeded(given, own.seed);
  const problems = new Problems();
  const warnings: string[] = [];
  validate(entries, problems, warnings);
  const settings = new Settings(entries, problems, warnings);
  const inputs = new Inputs(base.folders, base.tables);
  const model = settings.legacy ? 'mars-legacy' : 'mars-disk';
  const outdir = own.outdir?.path ?? settings.maybeText('io.outdir') ?? join('out', own.title);
  const checkpoints = checkpointFiles(settings, resolve(outdir));
  const resume = resumeOf(settings, base.file, resolve(outdir));
  const segments = segmentLimits(settings);
  const archive = archiveOf(settings, resolve(outdir));
  const params = await (settings.legacy ? buildLegacyParams : buildMarsParams)(settings, inputs);
  const { configuration, origins } = record(settings, outdir, archive);
  if (own.outdir !== undefined) origins['io.outdir'] = own.outdir.origin;
  return deepFreeze({
    title: own.title,
    model,
    params,
    identity: identityOf(model, params),
    segments,
    checkpoints,
    resume,
    streaming: streaming(settings),
    archive,
    memoryLimit: memorySize(settings.value('execution.memory_limit') as number | string),
    outdir: resolve(outdir),
    figures: settings.flag('io.figures'),
    configuration,
    origins,
    inputs: inputs.files,
    warnings,
  });
}

/** The same, or null where the values describe no run. */
async function validSpecOf(base: Base, own: OwnPart): Promise<RunSpec | null> {
  try {
    return await specOf(base, own);
  } catch (error) {
    if (error instanceof ConfigurationError) return null;
    throw error;
  }
}

/**
 * Turns a user's file, environment and command line into a frozen, complete, validated RunSpec.
 * @throws ConfigurationError with every problem found, each with its place.
 */
export async function loadRunSpec({
  file,
  overrides = [],
  environment = {},
  outdir,
}: LoadRequest): Promise<RunSpec> {
  const ofFile = () => readYaml(readText(file), file);
  const ofEnvironment = () => readEnvironment(environment);
  const ofWords = () => readOverrides(overrides);
  const base = baseOf(file, [ofFile, ofEnvironment, ofWords]);
  const own: OwnPart = {
    title: titleOf(file),
    outdir: outdir === undefined ? undefined : { path: outdir, origin: 'command line' },
  };
  const spec = await specOf(base, own);
  const typed = [...ofEnvironment(), ...ofWords()];
  if (typed.length === 0) return spec;
  const idle = await idleWarnings(spec, [...overlay([typed]).values()], (names) => {
    const kept = typed.filter(({ name }) => !names.has(name));
    return validSpecOf({ ...base, entries: overlay([ofFile(), kept]) }, own);
  });
  return idle.length === 0 ? spec : deepFreeze({ ...spec, warnings: [...spec.warnings, ...idle] });
}
