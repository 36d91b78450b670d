import { Lab } from './lab.ts';
import { toChange } from './link-words.ts';
import { measureDelays } from './measure.ts';
import { playReally, probe } from './probe.ts';
import type { Profile } from './profiles.ts';
import { describeFinding, verifyProfile } from './verify.ts';

/** What a machine that does other things as well may add to a delay. */
const SLACK_MS = 3;
const FLOOD_MS = 4000;

/** Measures the real links of these profiles and prints what it found; answers 1 when one is not what it says. */
export async function verifyLinks(chosen: readonly Profile[], seconds: number): Promise<0 | 1> {
  let unmet = 0;
  for (const profile of chosen) {
    const lab = await Lab.create();
    try {
      const station = await lab.addSite('station', profile);
      const change = toChange(profile, 1);
      console.log(`\n${profile.name}: ${profile.says}`);
      const echo = await probe(lab, station, { up: { every: 50, size: 64 }, ms: 5000, isEcho: true });
      const { min, mean } = measureDelays(echo.up);
      console.log(
        `  RTT ${min.toFixed(1)} ms at least, ${mean.toFixed(1)} ms on average, configured ${profile.up.delay + profile.down.delay}`,
      );
      const findings = await verifyProfile(profile, (play) => playReally(lab, station, change, play), {
        thinMs: seconds * 1000,
        floodMs: FLOOD_MS,
        slackMs: SLACK_MS,
      });
      for (const finding of findings) console.log(`  ${describeFinding(finding)}`);
      unmet += findings.filter(({ isMet }) => !isMet).length;
      const { lateMs } = await station.link.readStats();
      console.log(
        `  the emulator was late by ${lateMs.mean.toFixed(2)} ms on average, ${lateMs.p99} ms p99, ${lateMs.max.toFixed(1)} ms at worst`,
      );
    } finally {
      await lab.close();
    }
  }
  console.log(unmet === 0 ? '\nAll links are what they say.' : `\n${unmet} properties are not what they should be.`);
  return unmet === 0 ? 0 : 1;
}
