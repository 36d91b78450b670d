import * as z from 'zod/mini';

/** What a station can have and a service can need; ids of words, the client translates them. */
export const EQUIPMENT = [
  'blood_pressure',
  'pulse_oximeter',
  'ecg',
  'glucometer',
  'otoscope',
  'dermatoscope',
  'spirometer',
  'stethoscope',
  'ultrasound',
  'fetal_doppler',
  'photo_camera',
  'slit_lamp',
] as const;
export const Equipment = z.enum(EQUIPMENT);
export type Equipment = z.infer<typeof Equipment>;
