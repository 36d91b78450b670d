import type { AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { ConsentLanguage, ConsentMethod } from '@jaqyn/shared/consents/consent';
import type { DocumentChange } from '@jaqyn/shared/consultations/conclusion.contract';
import type { Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { VitalCode } from '@jaqyn/shared/consultations/vitals';
import type { SlipLanguage } from '@jaqyn/shared/signatures/signature.contract';

interface DocumentWords {
  readonly title: string;
  readonly edition: (edition: number) => string;
  readonly patient: string;
  readonly iin: string;
  readonly unknown: string;
  readonly born: string;
  readonly sex: { readonly male: string; readonly female: string };
  readonly allergies: string;
  readonly allergiesUnknown: string;
  readonly allergiesNone: string;
  readonly specialist: string;
  readonly organization: string;
  readonly station: string;
  readonly request: string;
  readonly urgency: Readonly<Record<Urgency, string>>;
  readonly called: string;
  readonly answered: string;
  readonly written: string;
  readonly reason: string;
  readonly complaints: string;
  readonly anamnesis: string;
  readonly preliminary: string;
  readonly consent: string;
  readonly consentMissing: string;
  readonly consentMethod: Readonly<Record<ConsentMethod, string>>;
  readonly consentText: (language: ConsentLanguage, version: number) => string;
  readonly consentBy: (name: string) => string;
  readonly consentEmergency: string;
  readonly consentWithdrawn: string;
  readonly vitals: string;
  readonly files: string;
  readonly fileKind: Readonly<Record<AttachmentKind, string>>;
  readonly vital: Readonly<Record<VitalCode, string>>;
  readonly fields: Readonly<Record<DocumentChange['field'], string>>;
  readonly certainty: { readonly preliminary: string; readonly final: string };
  readonly otherDiagnosis: { readonly complication: string; readonly concomitant: string };
  readonly amendment: (edition: number, date: string) => string;
  readonly amendReason: string;
  readonly was: string;
  readonly is: string;
  readonly empty: string;
  readonly signature: string;
  readonly notQualified: string;
  readonly nationalKey: string;
  readonly verify: string;
  readonly page: (page: number, pages: number) => string;
}

export const documentWords: Readonly<Record<'kk' | 'ru', DocumentWords>> = {
  kk: {
    title: 'Маманның қорытындысы',
    edition: (edition) => `${edition}-нұсқа`,
    patient: 'Науқас',
    iin: 'ЖСН',
    unknown: 'белгісіз',
    born: 'Туған күні',
    sex: { male: 'ер', female: 'әйел' },
    allergies: 'Аллергия',
    allergiesUnknown: 'Белгісіз',
    allergiesNone: 'Анықталмаған',
    specialist: 'Маман',
    organization: 'Ұйым',
    station: 'Медициналық пункт',
    request: 'Өтінім',
    urgency: { routine: 'жоспарлы', urgent: 'шұғыл', asap: 'өте шұғыл', stat: 'төтенше' },
    called: 'Қоңырау шалынды',
    answered: 'Жауап берілді',
    written: 'Жазылды',
    reason: 'Маманға қойылған сұрақ',
    complaints: 'Шағымдары',
    anamnesis: 'Анамнез',
    preliminary: 'Алдын ала диагноз (АХЖ-10)',
    consent: 'Келісім',
    consentMissing: 'Жазылмаған',
    consentMethod: { oral: 'ауызша берілді', written: 'жазбаша берілді', representative: 'өкілі берді' },
    consentText: (language, version) =>
      `мәтін ${{ kk: 'қазақ', ru: 'орыс', en: 'ағылшын' }[language]} тілінде оқылды, ${version}-нұсқа`,
    consentBy: (name) => `жазған: ${name}`,
    consentEmergency: 'төтенше жағдай, келісім сұралмады',
    consentWithdrawn: 'келісім қайтарып алынды',
    vitals: 'Өмірлік көрсеткіштер',
    files: 'Қаралған файлдар',
    fileKind: {
      ecg: 'ЭКГ',
      skin: 'Тері',
      xray: 'Рентген',
      throat: 'Аңқа',
      lab: 'Талдау нәтижесі',
      other: 'Файл',
    },
    vital: {
      systolic: 'Қан қысымы, жоғарғы, мм сын. бағ.',
      diastolic: 'Қан қысымы, төменгі, мм сын. бағ.',
      heartRate: 'Пульс, мин',
      spo2: 'Сатурация (SpO₂), %',
      temperature: 'Дене қызуы, °C',
      respiratoryRate: 'Тыныс жиілігі, мин',
      glucose: 'Қандағы қант, ммоль/л',
      weight: 'Салмағы, кг',
    },
    fields: {
      findings: 'Қарап-тексеру қорытындысы',
      diagnosis: 'Диагноз',
      recommendations: 'Ұсыныстар',
      medicines: 'Дәрілер',
      furtherTests: 'Қосымша тексерулер',
      referral: 'Жолдама',
      followUpDate: 'Қайта қаралу күні',
      limits: 'Қашықтан тексеруге мүмкін болмағаны',
    },
    certainty: { preliminary: 'алдын ала', final: 'қорытынды' },
    otherDiagnosis: { complication: 'Асқынуы', concomitant: 'Қосалқы' },
    amendment: (edition, date) => `Бұл құжат ${date} қол қойылған ${edition}-нұсқаның орнына берілді.`,
    amendReason: 'Түзету себебі',
    was: 'Бұрын',
    is: 'Енді',
    empty: 'бос',
    signature: 'Электрондық қол қойылған',
    notQualified: 'Бұл – Jaqyn жүйесінің өз қолтаңбасы, білікті электрондық цифрлық қолтаңба емес.',
    nationalKey: 'ҚР Ұлттық куәландырушы орталығының кілтімен қол қойылған.',
    verify: 'Қол қойылған уақыты мен жарамдылығын тексеру',
    page: (page, pages) => `${page}-бет, барлығы ${pages}`,
  },
  ru: {
    title: 'Заключение специалиста',
    edition: (edition) => `редакция ${edition}`,
    patient: 'Пациент',
    iin: 'ИИН',
    unknown: 'неизвестен',
    born: 'Дата рождения',
    sex: { male: 'муж.', female: 'жен.' },
    allergies: 'Аллергия',
    allergiesUnknown: 'Неизвестно',
    allergiesNone: 'Нет известных',
    specialist: 'Специалист',
    organization: 'Организация',
    station: 'Медпункт',
    request: 'Запрос',
    urgency: { routine: 'планово', urgent: 'срочно', asap: 'очень срочно', stat: 'экстренно' },
    called: 'Вызов',
    answered: 'Ответ',
    written: 'Составлено',
    reason: 'Вопрос к специалисту',
    complaints: 'Жалобы',
    anamnesis: 'Анамнез',
    preliminary: 'Предварительный диагноз (МКБ-10)',
    consent: 'Согласие',
    consentMissing: 'Не записано',
    consentMethod: { oral: 'дано устно', written: 'дано письменно', representative: 'дал представитель' },
    consentText: (language, version) =>
      `текст прочитан на ${{ kk: 'казахском', ru: 'русском', en: 'английском' }[language]} языке, версия ${version}`,
    consentBy: (name) => `записал(а): ${name}`,
    consentEmergency: 'экстренный случай, согласие не спрашивали',
    consentWithdrawn: 'согласие отозвано',
    vitals: 'Жизненные показатели',
    files: 'Рассмотренные файлы',
    fileKind: {
      ecg: 'ЭКГ',
      skin: 'Кожа',
      xray: 'Рентген',
      throat: 'Зев',
      lab: 'Результат анализа',
      other: 'Файл',
    },
    vital: {
      systolic: 'Давление верхнее, мм рт. ст.',
      diastolic: 'Давление нижнее, мм рт. ст.',
      heartRate: 'Пульс, в мин',
      spo2: 'Сатурация (SpO₂), %',
      temperature: 'Температура, °C',
      respiratoryRate: 'Дыхание, в мин',
      glucose: 'Сахар крови, ммоль/л',
      weight: 'Вес, кг',
    },
    fields: {
      findings: 'Данные осмотра',
      diagnosis: 'Диагноз',
      recommendations: 'Рекомендации',
      medicines: 'Лекарства',
      furtherTests: 'Дополнительные обследования',
      referral: 'Направление',
      followUpDate: 'Повторная консультация',
      limits: 'Что нельзя было осмотреть удалённо',
    },
    certainty: { preliminary: 'предварительный', final: 'заключительный' },
    otherDiagnosis: { complication: 'Осложнение', concomitant: 'Сопутствующий' },
    amendment: (edition, date) => `Документ заменяет редакцию ${edition}, подписанную ${date}.`,
    amendReason: 'Причина исправления',
    was: 'Было',
    is: 'Стало',
    empty: 'пусто',
    signature: 'Подписано электронно',
    notQualified: 'Это собственная подпись системы Jaqyn, а не квалифицированная электронная подпись (ЭЦП).',
    nationalKey: 'Подписано ключом Национального удостоверяющего центра РК.',
    verify: 'Проверить время подписи и действительность',
    page: (page, pages) => `стр. ${page} из ${pages}`,
  },
};

interface SlipWords {
  readonly title: string;
  readonly from: string;
  readonly doThis: string;
  readonly medicines: string;
  readonly tests: string;
  readonly referral: string;
  readonly comeBack: string;
  readonly worse: string;
  readonly station: string;
  readonly check: string;
}

/** The patient's paper: no diagnosis codes, no Latin, short lines. */
export const slipWords: Readonly<Record<SlipLanguage, SlipWords>> = {
  kk: {
    title: 'Дәрігердің кеңесі',
    from: 'Кеңес берген',
    doThis: 'Не істеу керек',
    medicines: 'Дәрілер',
    tests: 'Тапсыратын тексерулер',
    referral: 'Қайда бару керек',
    comeBack: 'Қайта келетін күн',
    worse: 'Жағдайыңыз нашарласа, 103 нөміріне қоңырау шалыңыз.',
    station: 'Сұрақ болса, медпунктке хабарласыңыз',
    check: 'Құжаттың жарамдылығын тексеру',
  },
  ru: {
    title: 'Совет врача',
    from: 'Консультировал',
    doThis: 'Что делать',
    medicines: 'Лекарства',
    tests: 'Какие обследования пройти',
    referral: 'Куда обратиться',
    comeBack: 'Когда прийти снова',
    worse: 'Если станет хуже, звоните 103.',
    station: 'Вопросы можно задать в медпункте',
    check: 'Проверить документ',
  },
  en: {
    title: 'The doctor’s advice',
    from: 'Advised by',
    doThis: 'What to do',
    medicines: 'Medicines',
    tests: 'Tests to have',
    referral: 'Where to go',
    comeBack: 'Come again on',
    worse: 'If you get worse, call 103.',
    station: 'Questions? Ask at your station',
    check: 'Check this document',
  },
};
