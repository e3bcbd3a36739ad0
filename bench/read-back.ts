/** How many of those who were written to are looked up after each slice. */
const SAMPLE = 20;

/** What a load wrote to which employee, of which a sample is read back once the load is over. */
export class ReadBack {
  readonly #written = new Map<string, string[]>();
  readonly #read: (id: string) => Promise<string>;

  /** `read` answers what a server tells of someone. */
  constructor(read: (id: string) => Promise<string>) {
    this.#read = read;
  }

  wrote(id: string, value: string): void {
    const values = this.#written.get(id);
    if (values === undefined) this.#written.set(id, [value]);
    else values.push(value);
  }

  forget(): void {
    this.#written.clear();
  }

  /** Throws where someone has none of the values sent, of which the last two may have overtaken each other. */
  async check(name: string, someLeft: boolean): Promise<void> {
    const written = [...this.#written].slice(-SAMPLE);
    this.forget();
    for (const [id, values] of written) {
      const reply = await this.#read(id);
      if (values.slice(-2).some((value) => reply.includes(`"${value}"`))) continue;
      // Who has left is not changed, and that was no success.
      if (!someLeft) throw new Error(`${name}: what was written to ${id} is not read back`);
    }
  }
}
