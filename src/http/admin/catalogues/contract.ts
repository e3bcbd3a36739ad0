/** A thing in the form that the company file gives it: own members, and each platform's below its name. */
export type PartInFile = Readonly<Record<string, unknown>> & { readonly id: string };

/** One list of choices of a company. */
export interface CatalogueLine {
  /** As the company file calls it, e.g. `job_titles`; an own list is `dimension:<name>`. */
  readonly list: string;
  readonly entries: readonly PartInFile[];
}

/** `GET /mingce/v1/companies/{key}/catalogues`. */
export interface CatalogueList {
  readonly catalogues: readonly CatalogueLine[];
}

/** `GET /mingce/v1/companies/{key}/fields`. */
export interface FieldList {
  readonly fields: readonly PartInFile[];
}

/** `GET …/catalogues/{list}/{entry}/people` and `GET …/fields/{field}/people`. */
export interface PeopleHaving {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** How many have it, among those looked through. */
  readonly total: number;
  /** False where the company has more people than are looked through. */
  readonly complete: boolean;
}
