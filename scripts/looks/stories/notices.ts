import { DEMO } from '../../../client/e2e/support/consult.ts';
import { dotted, today } from '../../../client/e2e/support/rosters.ts';
import { NOTICE_KINDS } from '../../../shared/src/notices/notice.contract.ts';
import type { Story } from '../look.ts';
import { press, refuse } from './steps.ts';

interface Delivered {
  deliveries: object[];
  total: number;
}

const sent: Story = {
  name: 'what was sent to whom',
  login: DEMO.coordinator,
  async play({ page, look }) {
    // The demo's people have no addresses: one row of each kind, channel and end, told again from what was sent.
    await page.route('**/api/notice-deliveries?**', async (route) => {
      const answer = (await (await route.fetch()).json()) as Delivered;
      const [first] = answer.deliveries;
      if (first === undefined) return route.fulfill({ json: answer });
      const ends = [
        { channel: 'in_app', state: 'sent', attempts: 1 },
        { channel: 'email', state: 'pending', attempts: 3, sentAt: null, lastError: '421 4.3.2 try again later' },
        { channel: 'sms', state: 'dead', attempts: 8, sentAt: null, lastError: 'sms.http_503' },
        { channel: 'sms', state: 'superseded', attempts: 0, sentAt: null },
      ];
      const deliveries = NOTICE_KINDS.map((kind, index) => ({
        ...(answer.deliveries[index % answer.deliveries.length] ?? first),
        id: crypto.randomUUID(),
        kind,
        ...ends[index % ends.length],
      }));
      return route.fulfill({ json: { deliveries, total: 1234 } });
    });
    await page.goto('/notices/sent');
    await page.getByRole('table').first().waitFor();
    await look('every kind and end');
    await page.unroute('**/api/notice-deliveries?**');
    await page.getByRole('combobox', { name: 'What', exact: true }).selectOption('appointment_booked');
    await page.getByRole('combobox', { name: 'How', exact: true }).selectOption('in_app');
    await page.getByLabel('From', { exact: true }).fill(dotted(today()));
    await page.getByRole('table').first().waitFor();
    await look('filtered');
    await page.getByLabel('To', { exact: true }).fill('31.02');
    await page.getByText('Write a day, for example 30.11.2026').waitFor();
    await look('no such day');
    await page.getByLabel('To whom').fill('Ъъъъ');
    await page.getByText('Nothing was sent').waitFor();
    await look('nothing fits');
    await page.getByRole('link', { name: 'Show everything' }).click();
    await page.getByRole('table').first().waitFor();
    await look('everything again');
    await refuse(page, '**/api/notice-rules/**', 'server.internal', 'PUT');
    await page.getByLabel('Minutes before it begins, separated by spaces').fill('90 30');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await look('reminders not saved');
  },
};

const own: Story = {
  name: 'own notices',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/notices');
    await page.getByRole('list').first().waitFor();
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    await look('as they come');
    await press(page, /^Mark all/);
    await look('all read');
  },
};

export const notices: readonly Story[] = [sent, own];
