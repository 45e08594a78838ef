/** An archive that cannot be made whatever one tries again: a collision, a link that leads away, a store that breaks its promises. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}
