/** An element of an event: text in CDATA, a number bare, or elements. */
export type XmlValue = string | number | readonly XmlElement[];

/** An element by its name. */
export type XmlElement = readonly [name: string, value: XmlValue];

/** Writes elements one after another, as the platform's samples have them. (wecom-more 10.5) */
export function xmlOf(elements: readonly XmlElement[]): string {
  return elements.map(([name, value]) => `<${name}>${contentOf(value)}</${name}>`).join('');
}

function contentOf(value: XmlValue): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? cdata(value) : xmlOf(value);
}

/** A section ends at the first `]]>`, so one in the text is divided over two. */
function cdata(text: string): string {
  const storable = text.replaceAll(UNSTORABLE, '');
  return `<![CDATA[${storable.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Characters that no XML document may have. */
// eslint-disable-next-line no-control-regex -- they are the ones that are meant
const UNSTORABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
