import { RequestId, StationId } from '@jaqyn/shared/kernel/ids';
import { CalendarDate } from '@jaqyn/shared/kernel/time';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { ensureSession } from '../features/auth/api/get-current-user.ts';
import { BoardSearch } from '../features/scheduling/components/board/board-search.ts';
import { loadMoreTexts } from '../lib/i18n.ts';
import { newId } from '../lib/ids.ts';
import { sessionState } from '../lib/session.ts';
import { LoadFailed, PageFailed, PageNotFound, Pending } from './fallbacks.tsx';
import { homeOf } from './home-of.ts';
import { SentSearch } from './notice-search.ts';
import { RootLayout } from './root-layout.tsx';
import {
  ConsultSearch,
  DayEndSearch,
  DayListSearch,
  FollowUpsSearch,
  RosterSearch,
  RostersSearch,
  ServicesSearch,
  SpecialDaysSearch,
} from './roster-search.ts';
import { HomeScreen } from './routes/home.tsx';
import { SignInScreen } from './routes/sign-in.tsx';
import { SignedInLayout } from './signed-in-layout.tsx';

/**
 * The whole map of screens, one file each under `routes/`. Sign-in and the feldsher's home are in the first load;
 * everything else is fetched when it is opened or, for the call, when the page is idle (see `prefetch.ts`).
 */
const root = createRootRoute({
  component: RootLayout,
  errorComponent: PageFailed,
  beforeLoad: ensureSession,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => z.parse(z.object({ next: z.optional(z.string()) }), search),
  beforeLoad: () => {
    const session = sessionState();
    if (session.kind === 'signed_in') throw redirect({ to: homeOf(session.user.role) });
  },
  component: SignInScreen,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const session = sessionState();
    if (session.kind === 'signed_out') {
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } });
    }
    if ('user' in session && session.user.role !== 'feldsher') await loadMoreTexts();
  },
  component: SignedInLayout,
  errorComponent: PageFailed,
});

/** A station's screens; others are sent where their own day begins. */
function stationOnly(): void {
  const session = sessionState();
  if (session.kind !== 'signed_in') return;
  const to = homeOf(session.user.role);
  if (to !== '/') throw redirect({ to });
}

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: stationOnly,
  component: HomeScreen,
});

const newRequest = createRoute({
  getParentRoute: () => signedIn,
  path: '/requests/new',
  validateSearch: (search) =>
    z.parse(
      z.object({
        /** Which draft is being written; a new one when absent. */
        draft: z.optional(z.string()),
        patient: z.optional(z.string()),
        emergency: z.optional(z.boolean()),
      }),
      search,
    ),
  beforeLoad: ({ search }) => {
    stationOnly();
    if (!search.emergency && !RequestId.safeParse(search.draft).success) {
      throw redirect({ to: '/requests/new', search: { ...search, draft: newId() }, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('./routes/new-request.tsx'), 'NewRequestScreen'),
});

// Waiting and talking are one screen, so that the room that was joined while it rang is the room of the call.
const call = createRoute({
  getParentRoute: () => signedIn,
  path: '/requests/$requestId/call',
  beforeLoad: stationOnly,
  component: lazyRouteComponent(() => import('./routes/call.tsx'), 'CallScreen'),
});

// A call of somebody else's request that one was asked into.
const guestCall = createRoute({
  getParentRoute: () => signedIn,
  path: '/invitations/$requestId',
  component: lazyRouteComponent(async () => {
    const [{ GuestCallScreen }] = await Promise.all([import('./routes/guest-call.tsx'), loadMoreTexts()]);
    return { GuestCallScreen };
  }, 'GuestCallScreen'),
});

const result = createRoute({
  getParentRoute: () => signedIn,
  path: '/requests/$requestId/result',
  beforeLoad: stationOnly,
  component: lazyRouteComponent(() => import('./routes/result.tsx'), 'ResultScreen'),
});

// A request and its time: how soon it can be, and the appointment when there is one.
const planRequest = createRoute({
  getParentRoute: () => signedIn,
  path: '/requests/$requestId/plan',
  beforeLoad: stationOnly,
  component: lazyRouteComponent(() => import('./routes/plan-request.tsx'), 'PlanRequestScreen'),
});

// Where a request stands while it is sorted, asked about or answered in writing.
const requestStatus = createRoute({
  getParentRoute: () => signedIn,
  path: '/requests/$requestId/status',
  beforeLoad: stationOnly,
  component: lazyRouteComponent(() => import('./routes/request-status.tsx'), 'RequestStatusScreen'),
});

const today = createRoute({
  getParentRoute: () => signedIn,
  path: '/today',
  // A day that does not exist is today.
  validateSearch: (search: Record<string, unknown>): { day?: CalendarDate } => {
    const day = CalendarDate.safeParse(search['day']);
    return day.success ? { day: day.data } : {};
  },
  component: lazyRouteComponent(() => import('./routes/today.tsx'), 'TodayScreen'),
});

const worklist = createRoute({
  getParentRoute: () => signedIn,
  path: '/worklist',
  component: lazyRouteComponent(() => import('./routes/worklist.tsx'), 'WorklistScreen'),
});

const signSeveral = createRoute({
  getParentRoute: () => signedIn,
  path: '/sign',
  component: lazyRouteComponent(() => import('./routes/sign-several.tsx'), 'SignSeveralScreen'),
});

const specialistConsult = createRoute({
  getParentRoute: () => signedIn,
  path: '/consults/$requestId',
  component: lazyRouteComponent(() => import('./routes/specialist-consult.tsx'), 'SpecialistConsultScreen'),
});

const coordinator = createRoute({
  getParentRoute: () => signedIn,
  path: '/coordinator',
  component: lazyRouteComponent(() => import('./routes/coordinator.tsx'), 'CoordinatorScreen'),
});

const triage = createRoute({
  getParentRoute: () => signedIn,
  path: '/triage',
  component: lazyRouteComponent(() => import('./routes/triage.tsx'), 'TriageScreen'),
});

const ladders = createRoute({
  getParentRoute: () => signedIn,
  path: '/ladders',
  component: lazyRouteComponent(() => import('./routes/ladders.tsx'), 'LaddersScreen'),
});

const waitingLimits = createRoute({
  getParentRoute: () => signedIn,
  path: '/waiting-limits',
  component: lazyRouteComponent(() => import('./routes/waiting-limits.tsx'), 'WaitingLimitsScreen'),
});

const evidenceLimits = createRoute({
  getParentRoute: () => signedIn,
  path: '/evidence-limits',
  component: lazyRouteComponent(() => import('./routes/evidence-limits.tsx'), 'EvidenceLimitsScreen'),
});

const licences = createRoute({
  getParentRoute: () => signedIn,
  path: '/licences',
  component: lazyRouteComponent(() => import('./routes/licences.tsx'), 'LicencesScreen'),
});

const scheduleBoard = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedule',
  validateSearch: (search) => z.parse(BoardSearch, search),
  component: lazyRouteComponent(() => import('./routes/schedule-board.tsx'), 'ScheduleBoardScreen'),
});

// What a station's plan is, for the coordinator: how soon a request can be, anywhere.
const placeRequest = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedule/requests/$requestId',
  component: lazyRouteComponent(() => import('./routes/place-request.tsx'), 'PlaceRequestScreen'),
});

// Rosters and what belongs to them.
const rosters = createRoute({
  getParentRoute: () => signedIn,
  path: '/rosters',
  validateSearch: (search) => z.parse(RostersSearch, search),
  component: lazyRouteComponent(() => import('./routes/rosters.tsx'), 'RostersScreen'),
});

const rosterImport = createRoute({
  getParentRoute: () => signedIn,
  path: '/rosters/import',
  component: lazyRouteComponent(() => import('./routes/roster-import.tsx'), 'RosterImportScreen'),
});

const roster = createRoute({
  getParentRoute: () => signedIn,
  path: '/rosters/$practitionerId',
  validateSearch: (search) => z.parse(RosterSearch, search),
  component: lazyRouteComponent(() => import('./routes/roster.tsx'), 'RosterScreen'),
});

const myRoster = createRoute({
  getParentRoute: () => signedIn,
  path: '/my-roster',
  validateSearch: (search) => z.parse(RosterSearch, search),
  component: lazyRouteComponent(() => import('./routes/roster.tsx'), 'MyRosterScreen'),
});

const services = createRoute({
  getParentRoute: () => signedIn,
  path: '/services',
  validateSearch: (search) => z.parse(ServicesSearch, search),
  component: lazyRouteComponent(() => import('./routes/services.tsx'), 'ServicesScreen'),
});

const specialDays = createRoute({
  getParentRoute: () => signedIn,
  path: '/special-days',
  validateSearch: (search) => z.parse(SpecialDaysSearch, search),
  component: lazyRouteComponent(() => import('./routes/special-days.tsx'), 'SpecialDaysScreen'),
});

const dayList = createRoute({
  getParentRoute: () => signedIn,
  path: '/day-list',
  validateSearch: (search) => z.parse(DayListSearch, search),
  component: lazyRouteComponent(() => import('./routes/day-list.tsx'), 'DayListScreen'),
});

const dayEnd = createRoute({
  getParentRoute: () => signedIn,
  path: '/day-end',
  validateSearch: (search) => z.parse(DayEndSearch, search),
  component: lazyRouteComponent(() => import('./routes/day-end.tsx'), 'DayEndScreen'),
});

const followUps = createRoute({
  getParentRoute: () => signedIn,
  path: '/follow-ups',
  validateSearch: (search) => z.parse(FollowUpsSearch, search),
  component: lazyRouteComponent(() => import('./routes/follow-ups.tsx'), 'FollowUpsScreen'),
});

const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/search',
  validateSearch: (given) => z.parse(ConsultSearch, given),
  component: lazyRouteComponent(async () => {
    const [{ SearchScreen }] = await Promise.all([import('./routes/search.tsx'), loadMoreTexts()]);
    return { SearchScreen };
  }, 'SearchScreen'),
});

const notices = createRoute({
  getParentRoute: () => signedIn,
  path: '/notices',
  component: lazyRouteComponent(async () => {
    const [{ NoticesScreen }] = await Promise.all([import('./routes/notices.tsx'), loadMoreTexts()]);
    return { NoticesScreen };
  }, 'NoticesScreen'),
});

const noticesSent = createRoute({
  getParentRoute: () => signedIn,
  path: '/notices/sent',
  validateSearch: (search) => z.parse(SentSearch, search),
  component: lazyRouteComponent(() => import('./routes/notices-sent.tsx'), 'NoticesSentScreen'),
});

const scheduleWall = createRoute({
  getParentRoute: () => signedIn,
  path: '/schedule/wall',
  component: lazyRouteComponent(() => import('./routes/schedule-wall.tsx'), 'ScheduleWallScreen'),
});

const linkCheck = createRoute({
  getParentRoute: () => signedIn,
  path: '/link-check',
  // Whoever came from the waiting room is led back there as soon as somebody answers.
  validateSearch: (search: Record<string, unknown>): { back?: RequestId } => {
    const back = RequestId.safeParse(search['back']);
    return back.success ? { back: back.data } : {};
  },
  component: lazyRouteComponent(async () => {
    const [{ LinkCheckScreen }] = await Promise.all([import('./routes/link-check.tsx'), loadMoreTexts()]);
    return { LinkCheckScreen };
  }, 'LinkCheckScreen'),
});

const network = createRoute({
  getParentRoute: () => signedIn,
  path: '/network',
  validateSearch: (search: Record<string, unknown>): { station?: StationId } => {
    const station = StationId.safeParse(search['station']);
    return station.success ? { station: station.data } : {};
  },
  component: lazyRouteComponent(() => import('./routes/network.tsx'), 'NetworkScreen'),
});

const terminologies = createRoute({
  getParentRoute: () => signedIn,
  path: '/terminologies',
  component: lazyRouteComponent(() => import('./routes/terminologies.tsx'), 'TerminologiesScreen'),
});

const protocols = createRoute({
  getParentRoute: () => signedIn,
  path: '/protocols',
  component: lazyRouteComponent(() => import('./routes/protocols.tsx'), 'ProtocolsScreen'),
});

const consentTexts = createRoute({
  getParentRoute: () => signedIn,
  path: '/consent-texts',
  component: lazyRouteComponent(() => import('./routes/consent-texts.tsx'), 'ConsentTextsScreen'),
});

const conclusionTemplates = createRoute({
  getParentRoute: () => signedIn,
  path: '/conclusion-templates',
  component: lazyRouteComponent(() => import('./routes/conclusion-templates.tsx'), 'ConclusionTemplatesScreen'),
});

const patient = createRoute({
  getParentRoute: () => signedIn,
  path: '/patients/$patientId',
  beforeLoad: stationOnly,
  component: lazyRouteComponent(() => import('./routes/patient.tsx'), 'PatientScreen'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  component: lazyRouteComponent(() => import('./routes/audit.tsx'), 'AuditScreen'),
});

const patientDuplicates = createRoute({
  getParentRoute: () => signedIn,
  path: '/patients/duplicates',
  component: lazyRouteComponent(() => import('./routes/patient-duplicates.tsx'), 'PatientDuplicatesScreen'),
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/overview',
  component: lazyRouteComponent(() => import('./routes/overview.tsx'), 'OverviewScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    signedIn.addChildren([
      home,
      newRequest,
      call,
      guestCall,
      result,
      planRequest,
      requestStatus,
      today,
      worklist,
      signSeveral,
      specialistConsult,
      coordinator,
      triage,
      ladders,
      waitingLimits,
      evidenceLimits,
      licences,
      scheduleBoard,
      scheduleWall,
      placeRequest,
      rosters,
      rosterImport,
      roster,
      myRoster,
      services,
      specialDays,
      dayList,
      dayEnd,
      followUps,
      search,
      notices,
      noticesSent,
      linkCheck,
      network,
      terminologies,
      protocols,
      conclusionTemplates,
      audit,
      consentTexts,
      patient,
      patientDuplicates,
      overview,
    ]),
  ]),
  defaultNotFoundComponent: PageNotFound,
  defaultErrorComponent: LoadFailed,
  defaultPendingComponent: Pending,
  defaultPendingMs: 300,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
