/** The batches of a tag: `<root>/<tag>/<time>__<commit>__seed<seed>`, in the order of their names. */
import fs from 'node:fs';
import path from 'node:path';
import type { SweepSpec } from '../../config/sweep/sweepSpec.js';
import { readJson } from '../documents.js';
import { makeFolder, writeDurably } from '../durable.js';
import { DamagedData, hasCode } from '../error.js';
import { namesIn, syncFolder } from '../folders.js';
import { sweepTemporary, temporaryName } from '../temporary.js';
import { type BatchLayout, batchLayout } from './batchLayout.js';
import { writeDefinition } from './definition.js';
import { expectedListText } from './expectedList.js';

const pattern = /^(\d{8}-\d{6})__[0-9A-Za-z.-]+__seed\d+$/;

/** Beside the batches: those under construction, and which one follows which. */
const workshop = '.batches';

type Environment = Readonly<Record<string, string | undefined>>;

/** Time that RUN_TS names, or null. @throws RangeError when it is none */
export function namedTime(environment: Environment): string | null {
  const text = environment.RUN_TS?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d{8}-\d{6}$/.test(text)) return text;
  throw new RangeError(`RUN_TS=${text}: expected a time such as 20250131-235959`);
}

/** Names of the batches of a tag, oldest first. */
function batchesIn(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => pattern.test(name))
    .sort();
}

const timeOf = (name: string) => name.slice(0, name.indexOf('__'));

/**
 * The newest batch of a tag, or null.
 * @param time only batches that began then: what RUN_TS names
 */
export function newestBatch(root: string, tag: string, time: string | null = null): BatchLayout | null {
  const folder = path.join(root, tag);
  const name = batchesIn(folder)
    .filter((one) => time === null || timeOf(one) === time)
    .at(-1);
  return name === undefined ? null : batchLayout(path.join(folder, name));
}

export interface NewBatch {
  readonly layout: BatchLayout;
  /** False: another command was faster, and this is its batch, with whatever definition that has. */
  readonly made: boolean;
}

export interface BatchRequest {
  /** The newest batch that the caller saw: with it two commands that saw the same know of each other. */
  readonly behind: BatchLayout | null;
  /** Abbreviated commit of the program; null outside of a checkout. */
  readonly commit: string | null;
  /** Time in its name instead of now: what RUN_TS names. If there is a batch of that time, it is given back. */
  readonly time?: string | null;
  /** ms since 1970 */
  readonly now?: number;
}

/**
 * Makes the next batch behind the newest one that the caller saw, with its definition and its list. It appears as a whole or not at all; of two commands that
 * race one makes it, and both get it.
 */
export function newBatch(sweep: SweepSpec, request: BatchRequest): NewBatch {
  const folder = path.join(sweep.root, sweep.tag);
  const shop = path.join(folder, workshop);
  makeFolder(shop);
  sweepTemporary(shop, awaited(folder));
  const built = build(shop, sweep);
  try {
    return next(folder, built, sweep, request);
  } finally {
    fs.rmSync(path.join(shop, built), { recursive: true, force: true });
  }
}

/** What lies in the workshop under a claim that has not been carried out: it is somebody's next batch, even if its author has died. */
function awaited(folder: string): Set<string> {
  const shop = path.join(folder, workshop);
  const claims = namesIn(shop)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readJson(path.join(shop, name)) as Claim);
  const open = claims.filter(({ batch }) => !fs.existsSync(path.join(folder, batch)));
  return new Set(open.map(({ built }) => built));
}

/** The content of a batch, under a name of its own. */
function build(shop: string, sweep: SweepSpec): string {
  const name = temporaryName();
  const layout = batchLayout(path.join(shop, name));
  makeFolder(layout.checks);
  writeDurably(layout.expectedList, expectedListText(sweep));
  writeDefinition(layout, sweep);
  return name;
}

interface Claim {
  /** Name of the batch. */
  readonly batch: string;
  /** Name of its content in the workshop until it has its place. */
  readonly built: string;
}

/**
 * The claim on being the next one behind the newest batch decides, and whoever finds it carries it out: its author may have died. Behind a
 * claim whose batch has vanished, because somebody removed it, there is the next one to make.
 */
function next(folder: string, built: string, sweep: SweepSpec, request: BatchRequest): NewBatch {
  const newest = request.behind === null ? undefined : path.basename(request.behind.folder);
  const name = (before: string | undefined) =>
    `${request.time ?? timeBehind(before, request.now ?? Date.now())}__${request.commit ?? 'nogit'}__seed${sweep.seed}`;
  let place = request.time ? `at-${request.time}` : (newest ?? 'none');
  let before = newest;
  for (;;) {
    const file = path.join(folder, workshop, `${place}.json`);
    const winner = claimed(file, { batch: name(before), built });
    const layout = batchLayout(path.join(folder, winner.batch));
    if (inPlace(folder, winner)) {
      // What is still in the workshop had to give way to a batch that came with its folder.
      return { layout, made: winner.built === built && !fs.existsSync(path.join(folder, workshop, built)) };
    }
    place = winner.built;
    before = winner.batch;
  }
}

function claimed(file: string, wanted: Claim): Claim {
  try {
    writeDurably(file, `${JSON.stringify(wanted)}\n`, { createOnly: true });
    return wanted;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return readJson(file) as Claim;
  }
}

/**
 * Gives a batch its place unless it has it.
 * @returns false when it is gone
 * @throws DamagedData when something else stands there
 */
function inPlace(folder: string, { batch, built }: Claim): boolean {
  const target = path.join(folder, batch);
  try {
    fs.renameSync(path.join(folder, workshop, built), target);
    syncFolder(folder);
  } catch (error) {
    if (!['ENOENT', 'EEXIST', 'ENOTEMPTY'].some((code) => hasCode(error, code))) throw error;
  }
  if (fs.existsSync(batchLayout(target).definition)) return true;
  if (!fs.existsSync(target)) return false;
  throw new DamagedData(target, 'is in the way of a new batch and is none itself', 'Move it away.');
}

/** Now in UTC, as 20250131-235959; but later than the batch before, so that the order of names is that of making. */
function timeBehind(before: string | undefined, now: number): string {
  if (before === undefined) return stamp(now);
  const [, year, month, day, hour, minute, second] = /^(.{4})(..)(..)-(..)(..)(..)/.exec(before)!.map(Number);
  return stamp(Math.max(now, Date.UTC(year!, month! - 1, day, hour, minute, second! + 1)));
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}
