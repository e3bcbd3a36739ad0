import { expect, test } from 'vitest';
import { xmlOf } from './xml.ts';

test('text is in CDATA, a number bare, and elements inside one another', () => {
  expect(
    xmlOf([
      ['A', 'x<y&z'],
      ['B', 5],
      ['C', [['D', '']]],
    ]),
  ).toBe('<A><![CDATA[x<y&z]]></A><B>5</B><C><D><![CDATA[]]></D></C>');
});

test('text that would end its section is divided, and what no document may have is left out', () => {
  expect(xmlOf([['A', 'x]]>y\u0000z']])).toBe('<A><![CDATA[x]]]]><![CDATA[>yz]]></A>');
});
