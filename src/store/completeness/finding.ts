/** What a look at the folders of a batch finds; see `checkBatch`. */

/** How a case stands. `archived_only`: whole, but only with what the archive has of it. */
export const caseStatuses = ['ok', 'archived_only', 'missing', 'partial', 'failed', 'damaged'] as const;
export type CheckedStatus = (typeof caseStatuses)[number];

/** Something that is not as it should be. */
export interface Finding {
  /** Relative to the folder of the run, with `/`. */
  readonly file: string;
  readonly reason: string;
}

/** What is in one folder of a run. */
export interface FolderCheck {
  readonly exists: boolean;
  /** Required files that are not there. */
  readonly missing: readonly string[];
  /** Files that are there and wrong. */
  readonly damage: readonly Finding[];
  /** Remarks that explain what is missing. */
  readonly remarks: readonly string[];
}

export interface CheckedCase {
  readonly title: string;
  readonly status: CheckedStatus;
  /** Whether its folder is there, in the batch and in the archive. */
  readonly foundLocal: boolean;
  readonly foundArchive: boolean;
  /** Required files that are neither here nor there. */
  readonly missing: readonly string[];
  /** Why it has its status, for people; empty when there is nothing to say. */
  readonly why: readonly string[];
  readonly archiveFailed: boolean;
  /** Files beside the results that cannot be used. */
  readonly unusable: readonly Finding[];
}

export interface CheckedBatch {
  readonly folder: string;
  readonly cases: readonly CheckedCase[];
  /** Folders that no case of the batch accounts for. */
  readonly unexpected: readonly string[];
  /** Titles that more than one line of the list leads to. */
  readonly duplicates: readonly string[];
  /** What is wrong with the files of the batch itself. */
  readonly problems: readonly Finding[];
}

/** The same as findings of the batch: no status of a case tells of them. */
export function unusableIn(cases: readonly CheckedCase[]): Finding[] {
  return cases.flatMap(({ title, unusable }) =>
    unusable.map(({ file, reason }) => ({ file: `${title}/${file}`, reason })),
  );
}

/** Whether a case needs nothing more. */
export function isWhole({ status }: Pick<CheckedCase, 'status'>): boolean {
  return status === 'ok' || status === 'archived_only';
}

/** Number of cases by status, without those that no case has. */
export function countByStatus(cases: readonly CheckedCase[]): Partial<Record<CheckedStatus, number>> {
  const counts = caseStatuses.map(
    (status) => [status, cases.filter((one) => one.status === status).length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
