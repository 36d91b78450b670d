import type { CheckFinding, CheckPart } from '@jaqyn/shared/link-checks/judge-check';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const partWords: Record<CheckPart, MessageDescriptor> = {
  camera: msg`Camera`,
  microphone: msg`Microphone`,
  speaker: msg`Loudspeaker`,
  way: msg`Way out`,
  picture: msg`Picture`,
  voice: msg`Voice`,
  delay: msg`Delay`,
};

interface Words {
  /** What it means for a consult. */
  readonly means: MessageDescriptor;
  /** What can be done about it. */
  readonly todo?: MessageDescriptor;
}

const ALLOW = msg`Press the camera sign in the address bar, choose "Allow" and check again.`;
const PLUG_IN = msg`Plug it in, wait a few seconds and check again. You can call without it.`;
const CLOSE_OTHER = msg`Close the other program or browser window that uses it and check again.`;

const cameraWords = {
  works: { means: msg`The specialist will see the patient.` },
  silent: { means: msg`The specialist will see the patient.` },
  missing: { means: msg`No camera was found: the specialist will hear you and not see you.`, todo: PLUG_IN },
  refused: { means: msg`The browser does not let this page use the camera: you will not be seen.`, todo: ALLOW },
  busy: { means: msg`Another program holds the camera: you will not be seen.`, todo: CLOSE_OTHER },
} as const;

const microphoneWords = {
  works: { means: msg`You will be heard.` },
  silent: {
    means: msg`It is there and heard nothing.`,
    todo: msg`Check its switch and its volume, say something aloud and check again; or choose another microphone in the call.`,
  },
  missing: { means: msg`No microphone was found: you will not be heard, only read in the chat.`, todo: PLUG_IN },
  refused: { means: msg`The browser does not let this page use the microphone: you will not be heard.`, todo: ALLOW },
  busy: { means: msg`Another program holds the microphone: you will not be heard.`, todo: CLOSE_OTHER },
} as const;

const speakerWords = {
  heard: { means: msg`You will hear the specialist.` },
  not_heard: {
    means: msg`You would not hear the specialist.`,
    todo: msg`Turn up the volume, check the cable or the headphones, and play the tone again.`,
  },
  not_asked: { means: msg`Nobody said whether the tone was heard.` },
} as const;

const VIA_TCP = msg`Sound and picture get out, but by a way that stops for a moment whenever something is lost.`;
const ASK_ADMIN = msg`Ask whoever looks after the network to let UDP through to the media server.`;
const pathWords = {
  udp: { means: msg`Sound and picture go straight to the server.` },
  turn_udp: { means: msg`Sound and picture go through the relay: a little longer on the way, and nothing worse.` },
  tcp: { means: VIA_TCP, todo: ASK_ADMIN },
  turn_tcp: { means: VIA_TCP, todo: ASK_ADMIN },
  turn_tls: { means: VIA_TCP, todo: ASK_ADMIN },
  none: {
    means: msg`Neither sound nor picture got out. Send the request with photos: the specialist answers in writing.`,
    todo: msg`Check the modem and its cable, then check again. If pages open and this stays, the network is closed for calls: call the coordinator.`,
  },
} as const;

const pictureWords = {
  sharp: { means: msg`The picture moves and is sharp.` },
  small: { means: msg`The picture moves and may be small. Send photos of what has to be seen exactly.` },
  still: { means: msg`The picture will be a still every 5 s; the voice is fine. Send photos.` },
  voice: { means: msg`The link carries the voice and no picture. Send photos before the call.` },
} as const;

const voiceWords = {
  clear: { means: msg`The voice arrives whole.` },
  gaps: { means: msg`A word is lost now and then: speak slowly and repeat numbers.` },
  broken: {
    means: msg`Sentences are lost. Write the important things in the chat.`,
    todo: msg`If others use this link, let them wait until the call is over.`,
  },
} as const;

const delayWords = {
  short: { means: msg`You can talk as in a room.` },
  long: { means: msg`The answer comes late, as by satellite: finish what you say, then wait for a second.` },
} as const;

/** What was found, in what it means for a consult. */
export function wordsOf(finding: CheckFinding): Words {
  switch (finding.part) {
    case 'camera':
      return cameraWords[finding.found];
    case 'microphone':
      return microphoneWords[finding.found];
    case 'speaker':
      return speakerWords[finding.found];
    case 'way':
      return pathWords[finding.found];
    case 'picture':
      return pictureWords[finding.found];
    case 'voice':
      return voiceWords[finding.found];
    case 'delay':
      return delayWords[finding.found];
  }
}
