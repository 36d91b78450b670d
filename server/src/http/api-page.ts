import { createHash } from 'node:crypto';
import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';

/** As much of JSON Schema as OpenAPI 3.0 is written in here. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | readonly Schema[];
  readonly nullable?: boolean;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Described extends Operation {
  readonly method: string;
  readonly path: string;
}

const STYLE = `:root{color-scheme:light dark;--paper:#f7f6f2;--surface:#fff;--ink:#17242d;--quiet:#52636e;--line:#c9d0d3;--accent:#00687a}
@media(prefers-color-scheme:dark){:root{--paper:#10181d;--surface:#18232a;--ink:#e8edf0;--quiet:#a9b7bf;--line:#34444d;--accent:#6cc5d6}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,nav,main{max-width:68rem;margin:0 auto;padding:1rem 1.25rem}h1{font-size:1.75rem;margin:0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
a{color:var(--accent)}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}nav a{display:inline-block;padding:.35rem 0}
details{border:1px solid var(--line);border-radius:8px;background:var(--surface);margin:.5rem 0}summary{padding:.65rem .9rem;cursor:pointer;overflow-wrap:anywhere}summary span{color:var(--quiet)}
details>div{padding:0 .9rem .9rem}pre{margin:0;padding:.75rem;overflow:auto;background:var(--paper);border-radius:6px;font-size:.875rem}code{font-size:.9375rem}
table{width:100%;border-collapse:collapse;font-size:.9375rem}th,td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;

/** Nothing runs and nothing is loaded; the one style is named by its hash. */
export const API_PAGE_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The interface for people: every operation with what goes in and what comes out, on one page without a script. */
export function renderApiPage({ info, paths, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): Described => ({ ...one, method: method.toUpperCase(), path })),
  );
  const groups = Map.groupBy(operations, ({ tags }) => tags?.[0] ?? 'other');
  const shapes = Object.entries(components?.schemas ?? {});
  const links = [...groups.keys(), ...(shapes.length > 0 ? ['shapes'] : []), 'refusals'];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(info.title)} API</title><style>${STYLE}</style></head>
<body><header><h1>${escape(info.title)} API</h1><p>Version ${escape(info.version)}, ${operations.length} operations. As OpenAPI: <a href="/api/docs/json">JSON</a>, <a href="/api/docs/yaml">YAML</a>.</p></header>
<nav aria-label="Groups"><ul>${links.map((name) => `<li><a href="#${escape(name)}">${escape(name)}</a></li>`).join('')}</ul></nav>
<main>${[...groups].map(([name, all]) => `<section aria-labelledby="${escape(name)}"><h2 id="${escape(name)}">${escape(name)}</h2>${all.map(operationOf).join('')}</section>`).join('\n')}
${shapes.length === 0 ? '' : `<section aria-labelledby="shapes"><h2 id="shapes">Shapes</h2>${shapes.map(([name, schema]) => `<h3>${escape(name)}</h3>${block(schema)}`).join('')}</section>`}
<section aria-labelledby="refusals"><h2 id="refusals">Refusals</h2><p>Every operation refuses with <code>application/problem+json</code> (RFC 9457): programs switch on <code>code</code>, people quote <code>reference</code>.</p>
<table><thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">says</th></tr></thead><tbody>${Object.entries(
    errorCatalog,
  )
    .map(
      ([code, { status, title }]) =>
        `<tr><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}</td></tr>`,
    )
    .join('')}</tbody></table></section></main></body></html>
`;
}

function operationOf({ method, path, summary = '', parameters = [], requestBody, responses = {} }: Described): string {
  const asked = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(place)}${required === true ? '' : ', optional'}</td><td><code>${escape(typeOf(schema ?? {}))}</code></td></tr>`,
  );
  const answers = Object.entries(responses).filter(([status]) => status !== 'default');
  return `<details><summary><b>${method}</b> <code>${escape(path)}</code> <span>${escape(summary)}</span></summary><div>
${asked.length === 0 ? '' : `<h3>Path and query</h3><table><tbody>${asked.join('')}</tbody></table>`}
${contentOf('Body', requestBody?.content)}
${answers.map(([status, { content }]) => contentOf(`Answer ${status}`, content)).join('')}</div></details>`;
}

function contentOf(title: string, content: Content | undefined): string {
  return Object.entries(content ?? {})
    .map(
      ([mediaType, { schema }]) =>
        `<h3>${escape(title)}, <code>${escape(mediaType)}</code></h3>${schema === undefined ? '' : block(schema)}`,
    )
    .join('');
}

// Long lines scroll: whoever uses the keyboard has to reach them.
function block(schema: Schema): string {
  return `<pre tabindex="0">${escape(typeOf(schema))}</pre>`;
}

/** In the notation of TypeScript: what everybody who writes a client reads. */
export function typeOf(schema: Schema, indent = ''): string {
  const type = plainTypeOf(schema, indent);
  return schema.nullable === true ? `${type} | null` : type;
}

function plainTypeOf(schema: Schema, indent: string): string {
  const { $ref, allOf, items, properties, additionalProperties } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? 'unknown';
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((one) => typeOf(one, indent)).join(' | ');
  if (properties !== undefined) return objectOf(properties, schema.required ?? [], indent);
  if (typeof additionalProperties === 'object') return `Record<string, ${typeOf(additionalProperties, indent)}>`;
  if (Array.isArray(items)) return `[${items.map((one: Schema) => typeOf(one, indent)).join(', ')}]`;
  if (items !== undefined) return `${wrapped(typeOf(items as Schema, indent))}[]${limitOf(schema)}`;
  if (schema.type !== undefined) return `${schema.type}${limitOf(schema)}`;
  return allOf === undefined ? 'unknown' : allOf.map((one) => typeOf(one, indent)).join(' & ');
}

function objectOf(properties: Readonly<Record<string, Schema>>, required: readonly string[], indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, one]) => `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeOf(one, inner)};`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function wrapped(type: string): string {
  return /[|&]/.test(type.replaceAll(/\{[^]*\}/g, '')) ? `(${type})` : type;
}

function limitOf({ maxLength, minimum, maximum, maxItems }: Schema): string {
  const most =
    maxLength ?? maxItems ?? (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined);
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? `≥ ${minimum}` : '';
  const words = [least, most === undefined ? '' : `≤ ${most}`].filter(Boolean).join(', ');
  return words === '' ? '' : ` /* ${words} */`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
