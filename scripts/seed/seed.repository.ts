import { and, count, eq, gte, inArray, isNull, not, notInArray, or } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../server/src/db/store.ts';
import { userTable } from '../../server/src/modules/auth/user.table.ts';
import { consentRepository } from '../../server/src/modules/consents/consent.repository.ts';
import { consentTable } from '../../server/src/modules/consents/consent.table.ts';
import { careTaskTable, teachBackTable } from '../../server/src/modules/consultations/care-plan.table.ts';
import { compositionTable } from '../../server/src/modules/consultations/conclusion.table.ts';
import {
  messageTable,
  observationSetTable,
  requestCounterTable,
  ringTable,
  serviceRequestTable,
} from '../../server/src/modules/consultations/consultation.table.ts';
import {
  requestCardTable,
  summaryConfirmationTable,
} from '../../server/src/modules/consultations/request-card.table.ts';
import { noticeDeliveryTable, noticeTable } from '../../server/src/modules/notices/notice.table.ts';
import { patientSummaryVersionTable, patientTable } from '../../server/src/modules/patients/patient.table.ts';
import { protocolRepository } from '../../server/src/modules/protocols/protocol.repository.ts';
import { appointmentTable, slotOfferTable } from '../../server/src/modules/scheduling/appointment.table.ts';
import { coordinatorRegionTable, organizationRegionTable } from '../../server/src/modules/scheduling/place.table.ts';
import { rosterTemplateTable } from '../../server/src/modules/scheduling/roster.table.ts';
import { practitionerLicenceTable } from '../../server/src/modules/staff/licence.table.ts';
import { onCallShiftTable, practitionerTable, specialtyTable } from '../../server/src/modules/staff/staff.table.ts';
import { organizationTable, stationTable } from '../../server/src/modules/stations/station.table.ts';
import type { CalendarDate } from '../../shared/src/kernel/time.ts';
import type { DemoData } from './build/demo-data.ts';
import { buildCard } from './build/request-cards.ts';
import type { LicenceRow, ShiftRow, UserRow } from './rows.ts';

/** SQLite takes 32,766 values in one statement; a row here has at most 20. */
const ROWS_AT_ONCE = 500;

export const seedRepository = {
  async isSeeded(tx: Tx): Promise<boolean> {
    const [row] = await tx.select({ id: userTable.id }).from(userTable).where(eq(userTable.isDemo, true)).limit(1);
    return row !== undefined;
  },

  /**
   * Rows that are no demo, by what they are. What a demo user entered while trying the product belongs to the demo, even
   * where it is not marked.
   */
  async countReal(tx: Tx): Promise<{ users: number; practitioners: number; patients: number; requests: number }> {
    const demoUsers = tx.select({ id: userTable.id }).from(userTable).where(eq(userTable.isDemo, true));
    const ofNobodyKnown = or(isNull(patientTable.registeredBy), notInArray(patientTable.registeredBy, demoUsers));
    const [users] = await tx.select({ rows: count() }).from(userTable).where(eq(userTable.isDemo, false));
    const [practitioners] = await tx
      .select({ rows: count() })
      .from(practitionerTable)
      .where(eq(practitionerTable.isDemo, false));
    const [patients] = await tx
      .select({ rows: count() })
      .from(patientTable)
      .where(and(eq(patientTable.isDemo, false), ofNobodyKnown));
    const [requests] = await tx
      .select({ rows: count() })
      .from(serviceRequestTable)
      .where(and(eq(serviceRequestTable.isDemo, false), not(inArray(serviceRequestTable.requestedBy, demoUsers))));
    return {
      users: users?.rows ?? 0,
      practitioners: practitioners?.rows ?? 0,
      patients: patients?.rows ?? 0,
      requests: requests?.rows ?? 0,
    };
  },

  /** Places carry no mark; before the demo is in, each one that is there was put there for real work. */
  async countPlaces(tx: Tx): Promise<{ organizations: number; stations: number }> {
    const [organizations] = await tx.select({ rows: count() }).from(organizationTable);
    const [stations] = await tx.select({ rows: count() }).from(stationTable);
    return { organizations: organizations?.rows ?? 0, stations: stations?.rows ?? 0 };
  },

  /** The last licence of each practitioner that does not reach the day, nor was withdrawn. */
  async listEndingLicences(tx: Tx, day: CalendarDate): Promise<LicenceRow[]> {
    const last = new Map<string, LicenceRow>();
    for (const row of await tx.select().from(practitionerLicenceTable)) {
      const before = last.get(row.practitionerId);
      if (before === undefined || row.validTo > before.validTo) last.set(row.practitionerId, row);
    }
    return [...last.values()].filter(({ validTo, withdrawnFrom }) => validTo < day && withdrawnFrom === null);
  },

  async addLicences(tx: Tx, licences: readonly LicenceRow[]): Promise<void> {
    await insertRows(tx, practitionerLicenceTable, licences);
  },

  /** Everything but signatures and audit, which need the rows to be there. */
  async insertDemo(tx: Tx, data: DemoData, users: readonly UserRow[]): Promise<void> {
    await insertRows(tx, organizationTable, data.organizations);
    await insertRows(tx, organizationRegionTable, data.organizationRegions);
    await insertRows(tx, stationTable, data.stations);
    // Reference data: may be there already.
    await tx
      .insert(specialtyTable)
      .values([...data.specialties])
      .onConflictDoNothing();
    await insertRows(tx, practitionerTable, data.practitioners);
    await insertRows(tx, userTable, users);
    await insertRows(tx, practitionerLicenceTable, data.licences);
    await insertRows(tx, coordinatorRegionTable, data.coordinatorRegions);
    await insertRows(tx, onCallShiftTable, data.shifts);
    await insertRows(tx, patientTable, data.patients);
    await insertRows(
      tx,
      patientSummaryVersionTable,
      data.patients.flatMap(({ id, summary, summaryVersion, registeredAt, registeredBy }) =>
        summary === null
          ? []
          : [
              {
                patientId: id,
                version: summaryVersion,
                content: summary,
                recordedAt: registeredAt,
                recordedBy: registeredBy,
              },
            ],
      ),
    );
    const of = <T>(rows: (consultation: DemoData['consultations'][number]) => readonly T[]) =>
      data.consultations.flatMap(rows);
    await insertRows(
      tx,
      serviceRequestTable,
      of(({ request }) => [request]),
    );
    const { requests } = data.schedule;
    await insertRows(
      tx,
      serviceRequestTable,
      requests.map(({ request }) => request),
    );
    await insertRows(
      tx,
      observationSetTable,
      requests.flatMap(({ observations }) => observations),
    );
    await insertCards(tx, data);
    await insertRows(tx, requestCounterTable, data.counters);
    await insertRows(
      tx,
      ringTable,
      of(({ rings }) => rings),
    );
    await insertRows(
      tx,
      observationSetTable,
      of(({ observations }) => observations),
    );
    await insertRows(
      tx,
      messageTable,
      of(({ messages }) => messages),
    );
    await insertRows(
      tx,
      compositionTable,
      of(({ draft }) => (draft === undefined ? [] : [{ ...draft, status: 'preliminary' as const }])),
    );
    await insertRows(
      tx,
      teachBackTable,
      of(({ teachBack }) => (teachBack === undefined ? [] : [teachBack])),
    );
    await insertRows(
      tx,
      careTaskTable,
      of(({ tasks }) => tasks),
    );
  },

  async insertDraft(tx: Tx, draft: typeof compositionTable.$inferInsert): Promise<void> {
    await tx.insert(compositionTable).values(draft);
  },

  async listOffers(tx: Tx): Promise<{ id: string; appointmentId: string }[]> {
    return tx.select({ id: slotOfferTable.id, appointmentId: slotOfferTable.appointmentId }).from(slotOfferTable);
  },

  /** The service names an offer by chance; the demo is the same each time. */
  async renameOffer(tx: Tx, id: string, newId: string): Promise<void> {
    await tx.update(slotOfferTable).set({ id: newId }).where(eq(slotOfferTable.id, id));
  },

  /** What happened in the story was told then; from here on the server tells. */
  async forgetNotices(tx: Tx): Promise<void> {
    await tx.delete(noticeDeliveryTable);
    await tx.delete(noticeTable);
  },

  async markAppointments(tx: Tx): Promise<void> {
    await tx.update(appointmentTable).set({ isDemo: true });
  },

  /**
   * The starts of shifts from a moment on, by specialty. Those that come from somebody's on-call template reach far ahead and say
   * nothing about the others of a ladder.
   */
  async listShiftStarts(tx: Tx, from: string): Promise<Pick<ShiftRow, 'specialty' | 'startsAt'>[]> {
    const byTemplate = tx
      .select({ id: rosterTemplateTable.practitionerId })
      .from(rosterTemplateTable)
      .where(and(eq(rosterTemplateTable.mode, 'on_call'), isNull(rosterTemplateTable.withdrawnAt)));
    return tx
      .selectDistinct({ specialty: onCallShiftTable.specialty, startsAt: onCallShiftTable.startsAt })
      .from(onCallShiftTable)
      .where(and(gte(onCallShiftTable.startsAt, from), notInArray(onCallShiftTable.practitionerId, byTemplate)));
  },

  /** Shifts of practitioners who are still in the demo; a shift that is there stays as it is. */
  async addShifts(tx: Tx, shifts: readonly ShiftRow[]): Promise<number> {
    const demo = await tx
      .select({ id: practitionerTable.id })
      .from(practitionerTable)
      .where(eq(practitionerTable.isDemo, true));
    const ids = new Set(demo.map(({ id }) => id));
    const rows = shifts.filter((shift) => ids.has(shift.practitionerId));
    if (rows.length === 0) return 0;
    const { changes } = await tx.insert(onCallShiftTable).values(rows).onConflictDoNothing();
    return changes;
  },
};

/** Protocols and texts came with the migrations; the cards are judged by them. */
async function insertCards(tx: Tx, data: DemoData): Promise<void> {
  const requests = [...data.consultations, ...data.schedule.requests].map(({ request }) => request);
  const protocols = await protocolRepository.listAll(tx);
  const texts = await consentRepository.listTexts(tx);
  const patients = new Map(data.patients.map((patient) => [patient.id, patient]));
  const built = requests.map((request) => buildCard(request, { protocols, texts, patients }));
  await insertRows(
    tx,
    requestCardTable,
    built.map(({ card }) => card),
  );
  await insertRows(
    tx,
    consentTable,
    built.flatMap(({ consent }) => consent ?? []),
  );
  await insertRows(
    tx,
    summaryConfirmationTable,
    built.flatMap(({ confirmation }) => confirmation ?? []),
  );
}

async function insertRows<Table extends SQLiteTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await tx.insert(table).values(rows.slice(start, start + ROWS_AT_ONCE));
  }
}
