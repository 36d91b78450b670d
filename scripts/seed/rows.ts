import type { userTable } from '../../server/src/modules/auth/user.table.ts';
import type { careTaskTable, teachBackTable } from '../../server/src/modules/consultations/care-plan.table.ts';
import type { compositionTable } from '../../server/src/modules/consultations/conclusion.table.ts';
import type {
  messageTable,
  observationSetTable,
  ringTable,
  serviceRequestTable,
} from '../../server/src/modules/consultations/consultation.table.ts';
import type { patientTable } from '../../server/src/modules/patients/patient.table.ts';
import type { practitionerLicenceTable } from '../../server/src/modules/staff/licence.table.ts';
import type {
  onCallShiftTable,
  practitionerTable,
  specialtyTable,
} from '../../server/src/modules/staff/staff.table.ts';
import type { organizationTable, stationTable } from '../../server/src/modules/stations/station.table.ts';

/** Rows as the tables hold them. */
export type OrganizationRow = typeof organizationTable.$inferSelect;
export type StationRow = typeof stationTable.$inferSelect;
export type SpecialtyRow = typeof specialtyTable.$inferSelect;
export type PractitionerRow = typeof practitionerTable.$inferSelect;
export type LicenceRow = typeof practitionerLicenceTable.$inferSelect;
export type ShiftRow = typeof onCallShiftTable.$inferSelect;
export type UserRow = typeof userTable.$inferSelect;
export type PatientRow = typeof patientTable.$inferSelect;
export type RequestRow = typeof serviceRequestTable.$inferSelect;
export type RingRow = typeof ringTable.$inferSelect;
export type ObservationRow = typeof observationSetTable.$inferSelect;
export type MessageRow = typeof messageTable.$inferSelect;
export type CompositionRow = typeof compositionTable.$inferInsert;
export type TeachBackRow = typeof teachBackTable.$inferInsert;
export type CareTaskRow = typeof careTaskTable.$inferInsert;
