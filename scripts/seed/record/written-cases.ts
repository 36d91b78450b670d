import type { ConclusionContent } from '../../../shared/src/consultations/conclusion.contract.ts';
import { EMPTY_CONCLUSION } from '../../../shared/src/consultations/conclusion.contract.ts';
import type { Vitals } from '../../../shared/src/consultations/vitals.ts';

interface CaseFile {
  /** In content/files. */
  readonly file: 'ecg.png' | 'skin.jpg' | 'lab.pdf';
  readonly kind: 'ecg' | 'skin' | 'lab';
  readonly note: string;
}

interface Taken {
  readonly kind: 'taken';
  /** Login. */
  readonly by: string;
  readonly question?: { readonly words: string; readonly answer: string; readonly files: readonly CaseFile[] };
  readonly conclusion?: ConclusionContent;
  readonly amended?: { readonly reason: string; readonly content: Partial<ConclusionContent> };
  /** Read aloud at the station, each recommendation answered. */
  readonly isRead?: boolean;
}

export interface Case {
  readonly minutesAgo: number;
  readonly specialty: string;
  readonly urgency: 'routine' | 'urgent' | 'asap';
  readonly reason: string;
  readonly complaints: string;
  readonly anamnesis: string;
  readonly vitals: Vitals;
  readonly files: readonly CaseFile[];
  readonly decided:
    | { readonly kind: 'waits' }
    | { readonly kind: 'asked'; readonly question: string }
    | { readonly kind: 'declined'; readonly reason: 'in_person_needed'; readonly note: string }
    | { readonly kind: 'redirected'; readonly to: string; readonly note: string }
    | Taken;
}

const ECG: CaseFile = { file: 'ecg.png', kind: 'ecg', note: '12 тармақ, 25 мм/с' };
const RASH: CaseFile = { file: 'skin.jpg', kind: 'skin', note: 'Сол білек, сызғышпен' };
const BLOOD: CaseFile = { file: 'lab.pdf', kind: 'lab', note: 'Жалпы қан талдауы' };

/** Asked for in writing at the demo's first station over the last hours, the oldest first. All made up. */
export const CASES: readonly Case[] = [
  {
    minutesAgo: 420,
    specialty: 'cardiology',
    urgency: 'routine',
    reason: 'ЭКГ-ны қарап беріңізші: қысымға дәріні өзгерту керек пе?',
    complaints: 'Таңертең басы ауырады, көз алдында «шыбындар».',
    anamnesis: 'Гипертония 8 жыл, амлодипин 5 мг ішеді, соңғы айда қысымы 150–160.',
    vitals: { systolic: 156, diastolic: 94, heartRate: 78, spo2: 97 },
    files: [ECG],
    decided: {
      kind: 'taken',
      by: 'cardio',
      conclusion: {
        ...EMPTY_CONCLUSION,
        findings: 'Синустық ырғақ, ЖСЖ 78. Сол қарынша гипертрофиясының вольтаждық белгілері. Ишемия белгілері жоқ.',
        diagnosis: { code: 'I10', text: 'Артериялық гипертензия, қысым бақыланбаған', certainty: 'final' },
        recommendations: [
          'Амлодипинді 10 мг-ға көтеру, таңертең',
          'Қысымды күніне екі рет өлшеп, күнделікке жазу',
          'Тұзды азайту',
        ],
        medicines: 'Амлодипин 10 мг, күніне 1 рет, таңертең',
      },
      isRead: true,
    },
  },
  {
    minutesAgo: 330,
    specialty: 'dermatology',
    urgency: 'routine',
    reason: 'Білектегі бөртпе екі аптадан бері кетпейді. Бұл не, немен емдейміз?',
    complaints: 'Қышиды, әсіресе түнде.',
    anamnesis: 'Жаңа жуғыш ұнтақтан кейін басталған, бұрын болмаған.',
    vitals: { temperature: 36.6 },
    files: [RASH],
    decided: {
      kind: 'taken',
      by: 'derma',
      conclusion: {
        ...EMPTY_CONCLUSION,
        findings: 'Суретте: білектің бүгілетін бетінде айқын шекаралы эритема, ұсақ папулалар, қасу іздері.',
        diagnosis: { code: 'L23.9', text: 'Жанаспалы дерматит', certainty: 'preliminary' },
        recommendations: ['Ұнтақты ауыстыру, қолғаппен жуу', 'Гидрокортизон 1 % жағу, күніне екі рет, 7 күн'],
        medicines: 'Гидрокортизон 1 % жақпа',
        limits: 'Тек сурет бойынша, дерматоскопиясыз.',
      },
      amended: {
        reason: 'Емдеу мерзімі қате жазылған',
        content: {
          recommendations: ['Ұнтақты ауыстыру, қолғаппен жуу', 'Гидрокортизон 1 % жағу, күніне екі рет, 10 күн'],
        },
      },
    },
  },
  {
    minutesAgo: 240,
    specialty: 'pulmonology',
    urgency: 'urgent',
    reason: 'Бір айдан бері жөтел, салмағы азайды. Не істейміз?',
    complaints: 'Қақырықты жөтел, түнде терлейді.',
    anamnesis: 'Темекі шегеді, 20 жыл.',
    vitals: { temperature: 37.4, spo2: 94, respiratoryRate: 20 },
    files: [],
    decided: {
      kind: 'declined',
      reason: 'in_person_needed',
      note: 'Кеуде рентгені мен қақырық талдауы керек: аудандық ауруханаға жіберіңіз.',
    },
  },
  {
    minutesAgo: 200,
    specialty: 'neurology',
    urgency: 'routine',
    reason: 'Аяқтары ұйиды, жанады. Жүйке ме, қант па?',
    complaints: 'Екі табаны түнде жанады.',
    anamnesis: 'Қант диабеті 6 жыл, қантын сирек өлшейді.',
    vitals: { glucose: 12.4, systolic: 138, diastolic: 84 },
    files: [],
    decided: { kind: 'redirected', to: 'endocrinology', note: 'Алдымен қантты реттеу керек.' },
  },
  {
    minutesAgo: 150,
    specialty: 'endocrinology',
    urgency: 'routine',
    reason: 'Метформинге ішек ауыратын болды. Дозаны азайтайық па?',
    complaints: 'Тамақтан кейін ауырлық, іш өтеді.',
    anamnesis: 'Метформин 1000 мг екі рет, үш аптадан бері.',
    vitals: { glucose: 8.9, weight: 88 },
    files: [],
    decided: {
      kind: 'asked',
      question: 'Соңғы гликирленген гемоглобин қанша? Бүйрек талдауы бар ма, фотосын қосыңызшы.',
    },
  },
  {
    minutesAgo: 110,
    specialty: 'cardiology',
    urgency: 'urgent',
    reason: 'Жүрегі «тоқтап» қалады дейді. ЭКГ-да не бар, дәрі керек пе?',
    complaints: 'Жүрек қағысының іркілуі, күніне бірнеше рет.',
    anamnesis: 'Бір ай бұрын тұмаудан кейін басталған. Кофені көп ішеді.',
    vitals: { systolic: 128, diastolic: 82, heartRate: 88, spo2: 98 },
    files: [ECG],
    decided: {
      kind: 'taken',
      by: 'cardio',
      question: {
        words: 'Калий мен гемоглобин бар ма? Талдауды қосыңызшы.',
        answer: 'Жалпы қан талдауы кеше алынған, файлда. Калий бізде жасалмайды.',
        files: [BLOOD],
      },
    },
  },
  {
    minutesAgo: 35,
    specialty: 'cardiology',
    urgency: 'routine',
    reason: 'Жоспарлы отадан бұрын ЭКГ бағасы керек: жүректен қарсы көрсетілім бар ма?',
    complaints: 'Шағымы жоқ.',
    anamnesis: 'Шап жарығы отасы аптадан кейін.',
    vitals: { systolic: 132, diastolic: 80, heartRate: 70, spo2: 98 },
    files: [ECG],
    decided: { kind: 'waits' },
  },
];
