import {
  IconBabyCarriage,
  IconBone,
  IconBrain,
  IconDropletHalf2,
  IconEar,
  IconEye,
  IconHandStop,
  IconHeartbeat,
  IconLungs,
  IconMoodSmile,
  IconScissors,
  IconStethoscope,
  IconWoman,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

const ICONS: Readonly<Record<string, ComponentType<{ size: number; 'aria-hidden': boolean }>>> = {
  cardiology: IconHeartbeat,
  neurology: IconBrain,
  paediatrics: IconBabyCarriage,
  'obstetrics-gynaecology': IconWoman,
  surgery: IconScissors,
  traumatology: IconBone,
  endocrinology: IconDropletHalf2,
  pulmonology: IconLungs,
  dermatology: IconHandStop,
  ophthalmology: IconEye,
  otolaryngology: IconEar,
  psychiatry: IconMoodSmile,
};

/** A picture beside the specialty's name; one that is new gets the stethoscope. */
export function SpecialtyIcon({ code, size = 28 }: { code: string; size?: number }) {
  const Icon = ICONS[code] ?? IconStethoscope;
  return <Icon size={size} aria-hidden />;
}
