/** Materials whose optical constants the project has. By themselves: a configuration needs the names only. */
export const materialNames = ['forsterite', 'silica'] as const;

export type MaterialName = (typeof materialNames)[number];
