/** What can be asked for, in the order of the choice screen. */
export const SPECIALTIES = [
  { code: 'cardiology', kk: 'Кардиология', ru: 'Кардиология', en: 'Cardiology' },
  { code: 'neurology', kk: 'Неврология', ru: 'Неврология', en: 'Neurology' },
  { code: 'paediatrics', kk: 'Педиатрия', ru: 'Педиатрия', en: 'Paediatrics' },
  {
    code: 'obstetrics-gynaecology',
    kk: 'Акушерлік және гинекология',
    ru: 'Акушерство и гинекология',
    en: 'Obstetrics and gynaecology',
  },
  { code: 'surgery', kk: 'Хирургия', ru: 'Хирургия', en: 'Surgery' },
  {
    code: 'traumatology',
    kk: 'Травматология және ортопедия',
    ru: 'Травматология и ортопедия',
    en: 'Trauma and orthopaedics',
  },
  { code: 'endocrinology', kk: 'Эндокринология', ru: 'Эндокринология', en: 'Endocrinology' },
  { code: 'pulmonology', kk: 'Пульмонология', ru: 'Пульмонология', en: 'Pulmonology' },
  { code: 'dermatology', kk: 'Дерматология', ru: 'Дерматология', en: 'Dermatology' },
  { code: 'ophthalmology', kk: 'Офтальмология', ru: 'Офтальмология', en: 'Ophthalmology' },
  {
    code: 'otolaryngology',
    kk: 'Оториноларингология (ЛОР)',
    ru: 'Оториноларингология (ЛОР)',
    en: 'Ear, nose and throat',
  },
  { code: 'psychiatry', kk: 'Психиатрия', ru: 'Психиатрия', en: 'Psychiatry' },
] as const;

export type Specialty = (typeof SPECIALTIES)[number]['code'];
