import { readFileSync } from 'node:fs';
import { liveNotifications, liveRequests } from '@jaqyn/shared/signalling/events';
import { expect, it } from 'vitest';

const text = readFileSync(new URL('../../../docs/signalling.md', import.meta.url), 'utf8');

function namesUnder(heading: string): string[] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^### `(.+)`$/gm)].map(([, name = '']) => name);
}

it('docs/signalling.md names every request and every notification of the contract, and no other', () => {
  expect(namesUnder('Requests')).toEqual(Object.keys(liveRequests));
  expect(namesUnder('Notifications')).toEqual(Object.keys(liveNotifications));
});
