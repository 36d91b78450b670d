import * as z from 'zod/mini';

/**
 * Branded ids: a string that was checked to be an id of one kind, so that a patient's id cannot be
 * handed to something that expects a user's. All are UUIDv7 (RFC 9562), lower case, 36 characters.
 */
function idSchema<Brand extends string>() {
  return z.string().check(z.uuid(), z.lowercase()).brand<Brand>();
}

export const UserId = idSchema<'UserId'>();
export type UserId = z.infer<typeof UserId>;
export const PatientId = idSchema<'PatientId'>();
export type PatientId = z.infer<typeof PatientId>;
export const StationId = idSchema<'StationId'>();
export type StationId = z.infer<typeof StationId>;
export const OrganizationId = idSchema<'OrganizationId'>();
export type OrganizationId = z.infer<typeof OrganizationId>;
export const PractitionerId = idSchema<'PractitionerId'>();
export type PractitionerId = z.infer<typeof PractitionerId>;
export const RequestId = idSchema<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;
export const MessageId = idSchema<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;
export const CompositionId = idSchema<'CompositionId'>();
export type CompositionId = z.infer<typeof CompositionId>;

/** A file of a consultation. */
export const AttachmentId = idSchema<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;

export const ObservationSetId = idSchema<'ObservationSetId'>();
export type ObservationSetId = z.infer<typeof ObservationSetId>;

/** Somebody's part in the call of one consultation, from being asked in. */
export const ParticipantId = idSchema<'ParticipantId'>();
export type ParticipantId = z.infer<typeof ParticipantId>;

/** One browser tab's stay in a room. A rejoin makes a new one and closes the old. */
export const PeerId = idSchema<'PeerId'>();
export type PeerId = z.infer<typeof PeerId>;
/** mediasoup's own ids are opaque to us. */
export const MediaId = z.string().check(z.minLength(1), z.maxLength(64));

/** Short stable code of a specialty (HealthcareService), for example `cardiology`. */
export const SpecialtyCode = z
  .string()
  .check(z.regex(/^[a-z][a-z-]{1,40}$/))
  .brand<'SpecialtyCode'>();
export type SpecialtyCode = z.infer<typeof SpecialtyCode>;

export const AppointmentId = idSchema<'AppointmentId'>();
export type AppointmentId = z.infer<typeof AppointmentId>;
/** A roster template, an exception or a substitution. */
export const RosterEntryId = idSchema<'RosterEntryId'>();
export type RosterEntryId = z.infer<typeof RosterEntryId>;
export const HoldId = idSchema<'HoldId'>();
export type HoldId = z.infer<typeof HoldId>;
export const CareTaskId = idSchema<'CareTaskId'>();
export type CareTaskId = z.infer<typeof CareTaskId>;
export const SeriesId = idSchema<'SeriesId'>();
export type SeriesId = z.infer<typeof SeriesId>;
export const FeedId = idSchema<'FeedId'>();
export type FeedId = z.infer<typeof FeedId>;
/** Made by the caller for one change; sending it again has no second effect. */
export const OperationId = idSchema<'OperationId'>();
export type OperationId = z.infer<typeof OperationId>;

/** One person told one thing, and one way in which they are told. */
export const NoticeId = idSchema<'NoticeId'>();
export type NoticeId = z.infer<typeof NoticeId>;
export const DeliveryId = idSchema<'DeliveryId'>();
export type DeliveryId = z.infer<typeof DeliveryId>;

/** Short stable code of a service that can be booked, for example `cardiology-video`. */
export const ServiceCode = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{1,60}$/))
  .brand<'ServiceCode'>();
export type ServiceCode = z.infer<typeof ServiceCode>;

/** A template of conclusions. */
export const TemplateId = idSchema<'TemplateId'>();
export type TemplateId = z.infer<typeof TemplateId>;

/** One version of a protocol (FHIR PlanDefinition), and one version of a text that is read aloud. */
export const ProtocolVersionId = idSchema<'ProtocolVersionId'>();
export type ProtocolVersionId = z.infer<typeof ProtocolVersionId>;
export const ConsentTextId = idSchema<'ConsentTextId'>();
export type ConsentTextId = z.infer<typeof ConsentTextId>;
export const ConsentId = idSchema<'ConsentId'>();
export type ConsentId = z.infer<typeof ConsentId>;
/** A card taken over by another station, and two cards made one. */
export const StayId = idSchema<'StayId'>();
export type StayId = z.infer<typeof StayId>;
export const MergeId = idSchema<'MergeId'>();
export type MergeId = z.infer<typeof MergeId>;

/** One edition of an escalation ladder, of waiting limits, of the limits of a payable consult; one question to a station. */
export const LadderId = idSchema<'LadderId'>();
export type LadderId = z.infer<typeof LadderId>;
export const WaitingLimitId = idSchema<'WaitingLimitId'>();
export type WaitingLimitId = z.infer<typeof WaitingLimitId>;
export const EvidenceLimitId = idSchema<'EvidenceLimitId'>();
export type EvidenceLimitId = z.infer<typeof EvidenceLimitId>;
export const LicenceId = idSchema<'LicenceId'>();
export type LicenceId = z.infer<typeof LicenceId>;
export const ConfirmationId = idSchema<'ConfirmationId'>();
export type ConfirmationId = z.infer<typeof ConfirmationId>;
export const InformationRequestId = idSchema<'InformationRequestId'>();
export type InformationRequestId = z.infer<typeof InformationRequestId>;

/** One check of a computer's devices and link. */
export const LinkCheckId = idSchema<'LinkCheckId'>();
export type LinkCheckId = z.infer<typeof LinkCheckId>;
