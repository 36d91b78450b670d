import { DEMO, fillRequest, pressCall } from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { cancelRequest } from './station-request.ts';

/** As in a browser that was built without WebRTC. */
function takeWebrtcAway(): void {
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
}

const station: Story = {
  name: 'a browser without calls at the station',
  login: DEMO.station,
  async play({ page, look }) {
    await page.addInitScript(takeWebrtcAway);
    await page.goto('/');
    await page.getByText('This browser cannot hold calls').waitFor();
    await look('start page');
    await page.goto('/link-check');
    await page.getByRole('heading').first().waitFor();
    await look('check of the link');
    await fillRequest(page);
    await pressCall(page);
    await page.getByText('The call could not be joined').waitFor();
    await look('while it rings');
    await cancelRequest(page);
  },
};

const specialist: Story = {
  name: 'a browser without calls at the specialist',
  login: 'cardio',
  async play({ page, look }) {
    await page.addInitScript(takeWebrtcAway);
    await page.goto('/worklist');
    await page.getByText('This browser cannot hold calls').waitFor();
    await look('worklist');
  },
};

export const noCalls: readonly Story[] = [station, specialist];
