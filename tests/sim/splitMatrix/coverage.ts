import { z } from 'zod';

/** A part of a JSON schema. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** Each value of an option occurs in so many configurations, each number has so many values. */
const occurrences = 4;
const valuesOfNumber = 2;

/**
 * Throws for every option of the schema that the parameters do not use: each alternative, word and truth value, and of each number at
 * least two values, and that what may be absent is there and is not. A new option of the model fails here until configurations use it.
 */
export function requireCoverage(schema: z.ZodType, all: readonly unknown[]): void {
  const missing = uncovered('params', z.toJSONSchema(schema, { io: 'input' }) as Shape, all);
  if (missing.length > 0) throw new Error(`the cases do not cover:\n${missing.join('\n')}`);
}

/** @param found values that stand at this place of the schema */
export function uncovered(where: string, shape: Shape, found: readonly unknown[]): string[] {
  const alternatives = shape.anyOf ?? shape.oneOf;
  if (alternatives !== undefined) {
    return alternatives.flatMap((each) =>
      uncovered(
        `${where}${nameOf(each)}`,
        each,
        found.filter((value) => fits(value, each)),
      ),
    );
  }
  if (shape.enum !== undefined) return shape.enum.flatMap((word) => seldom(where, word, found));
  if (shape.const !== undefined) return seldom(where, shape.const, found);
  if (shape.type === 'boolean') return [false, true].flatMap((value) => seldom(where, value, found));
  if (found.length < occurrences) return [`${where}: ${found.length} times`];
  if (shape.properties !== undefined) {
    return Object.entries(shape.properties).flatMap(([name, inner]) => {
      const values = found.map((value) => (value as Record<string, unknown>)[name]);
      const place = `${where}.${name}`;
      const absent = shape.required?.includes(name) ? [] : seldom(place, undefined, values);
      const present = values.filter((value) => value !== undefined);
      return [...absent, ...uncovered(place, inner, present)];
    });
  }
  if (shape.type === 'null') return [];
  const different = new Set(found.map((value) => JSON.stringify(value)));
  return different.size < valuesOfNumber ? [`${where}: always ${[...different]}`] : [];
}

function seldom(where: string, value: unknown, found: readonly unknown[]): string[] {
  const count = found.filter((each) => each === value).length;
  return count < occurrences ? [`${where} = ${JSON.stringify(value)}: ${count} times`] : [];
}

/** Alternatives are told apart by their constants and types. */
function fits(value: unknown, shape: Shape): boolean {
  const alternatives = shape.anyOf ?? shape.oneOf;
  if (alternatives !== undefined) return alternatives.some((each) => fits(value, each));
  if (shape.const !== undefined) return value === shape.const;
  if (shape.properties !== undefined) {
    if (typeof value !== 'object' || value === null) return false;
    const entries = value as Record<string, unknown>;
    return (
      (shape.required ?? []).every((name) => name in entries) &&
      Object.entries(shape.properties).every(
        ([name, inner]) => inner.const === undefined || entries[name] === inner.const,
      )
    );
  }
  if (shape.type === 'null') return value === null;
  if (shape.type === 'number' || shape.type === 'integer') return typeof value === 'number';
  throw new Error(`alternatives of the type ${shape.type} cannot be told apart yet`);
}

function nameOf({ properties }: Shape): string {
  const tag = Object.values(properties ?? {}).find((inner) => inner.const !== undefined);
  return tag === undefined ? '' : `(${tag.const})`;
}
