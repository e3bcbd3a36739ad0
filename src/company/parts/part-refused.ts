/** Why a part of a company cannot be as asked: `missing` is not there, `conflict` is against what else there is. */
export class PartRefused extends Error {
  readonly kind: 'missing' | 'conflict';

  constructor(kind: PartRefused['kind'], message: string) {
    super(message);
    this.name = 'PartRefused';
    this.kind = kind;
  }
}
