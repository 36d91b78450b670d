import type { Look } from './look.ts';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A page with all pictures, those with faults first, to be looked through by people. */
export function galleryPage(looks: readonly Look[]): string {
  const sorted = looks.toSorted((one, other) => other.faults.length - one.faults.length);
  const figures = sorted.map(
    ({ name, login, state, language, size, scheme, file, faults }) => `<figure>
<a href="${escaped(file)}"><img src="${escaped(file)}" loading="lazy" alt=""></a>
<figcaption>${escaped([login, name, state, language, size, scheme].join(' · '))}
<ul>${faults.map((fault) => `<li>${escaped(fault)}</li>`).join('')}</ul></figcaption></figure>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Looks</title><style>
body { font: 14px system-ui; display: flex; flex-wrap: wrap; gap: 16px; margin: 16px; }
figure { margin: 0; width: 300px; } img { width: 100%; border: 1px solid #999; } li { color: #b00; }
</style><h1 style="width: 100%">${looks.length} looks, ${looks.filter(({ faults }) => faults.length > 0).length} with faults</h1>
${figures.join('\n')}</html>
`;
}
