import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Session } from '@jaqyn/shared/scheduling/expand';
import { fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { CSSProperties } from 'react';
import { formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { useDayWords, useServiceName } from './day-words.ts';
import { closureWords, modeWords } from './schedule-words.ts';
import type { Block, Picture, PictureDay } from './week-picture.ts';
import styles from './week-plot.module.css';

interface WeekPlotProps {
  readonly picture: Picture;
  readonly today: CalendarDate;
  /** The window that is being written, on top of what there is. */
  readonly ghost: readonly Session[];
  /** A window was chosen; without it the plot is to look at. */
  readonly onChoose?: ((session: Session) => void) | undefined;
}

/** Hours of the shown span in pixels from the top, by the plot's own hour. */
function place(fromHour: number, from: number, to: number): CSSProperties {
  const [top, height] = [(from - fromHour * 60) / 60, (to - from) / 60];
  return { top: `calc(var(--hour) * ${top})`, height: `calc(var(--hour) * ${height})` };
}

/** A week of one specialist: windows by service and mode, leaves, holidays, and above the hours who is on call. */
export function WeekPlot({ picture, today, ghost, onChoose }: WeekPlotProps) {
  const { days, fromHour, toHour } = picture;
  const hours = Array.from({ length: toHour - fromHour }, (_, index) => fromHour + index);
  const hasDuties = days.some(({ duties }) => duties.length > 0);
  const height = { height: `calc(var(--hour) * ${toHour - fromHour})` };
  return (
    <div className={styles.plot}>
      <div className={styles.corner} />
      {days.map((day) => (
        <DayHead key={day.day} day={day} isToday={day.day === today} />
      ))}
      {hasDuties && (
        <>
          <div className={styles.dutyLabel}>
            <Trans>On call</Trans>
          </div>
          {days.map(({ day, duties }) => (
            <div key={day} className={styles.duties}>
              {duties.map((session) => (
                <Duty key={session.source.id} session={session} onChoose={onChoose} />
              ))}
            </div>
          ))}
        </>
      )}
      <div className={styles.hours} style={height} aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} className={styles.hour} style={{ top: `calc(var(--hour) * ${hour - fromHour})` }}>
            {hour}:00
          </span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day.day} className={classes(styles.column, isOff(day) && styles.off)} style={height}>
          {day.blocks.map((block, index) => (
            <BlockButton
              key={`${block.session.source.id} ${block.fromMinute}`}
              block={block}
              lane={day.blocks.slice(0, index).some((one) => isOver(one, block)) ? 1 : 0}
              fromHour={fromHour}
              onChoose={onChoose}
            />
          ))}
          {day.closures.map(({ exception, from, to }) => (
            <Closure
              key={exception.id}
              reason={exception.reason ?? 'other'}
              style={place(fromHour, Math.max(from, fromHour * 60), Math.min(to, toHour * 60))}
              isShown={to > fromHour * 60 && from < toHour * 60}
            />
          ))}
          {ghost
            .filter((session) => session.day === day.day && session.mode !== 'on_call')
            .map((session) => {
              const start = minuteAt(day.day, 0);
              const [from, to] = [
                Math.max(session.from - start, fromHour * 60),
                Math.min(session.to - start, toHour * 60),
              ];
              return <div key={from} className={styles.ghost} style={place(fromHour, from, to)} aria-hidden="true" />;
            })}
        </div>
      ))}
    </div>
  );
}

function isOff({ special, day }: PictureDay): boolean {
  return (
    special?.kind === 'day_off' || (special === undefined && [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
  );
}

function DayHead({ day, isToday }: { day: PictureDay; isToday: boolean }) {
  const words = useDayWords();
  const localText = useLocalText();
  const [weekday] = words.day(day.day).split(',');
  const date = Number(day.day.slice(8));
  return (
    <div className={classes(styles.head, isToday && styles.today, isOff(day) && styles.off)}>
      <span className={styles.weekday}>{weekday}</span> {date}
      {isToday && (
        <span className="visually-hidden">
          <Trans>today</Trans>
        </span>
      )}
      {day.special && <span className={styles.holiday}>{localText(day.special.name)}</span>}
    </div>
  );
}

function hoursOf(session: Session): string {
  return `${formatTime(fromMinute(session.from))}–${formatTime(fromMinute(session.to))}`;
}

/** Breaks between its two times where a column is narrow, never within one. */
function Hours({ session }: { session: Session }) {
  return (
    <>
      <span className={styles.time}>{formatTime(fromMinute(session.from))}–</span>
      <span className={styles.time}>{formatTime(fromMinute(session.to))}</span>
    </>
  );
}

function Duty({ session, onChoose }: { session: Session; onChoose: WeekPlotProps['onChoose'] }) {
  const { t } = useLingui();
  const words = useDayWords();
  const [hours, rank, day] = [hoursOf(session), session.rank ?? 1, words.day(session.day)];
  return (
    <button
      type="button"
      className={styles.duty}
      disabled={onChoose === undefined}
      aria-label={t`On call, ${day}, ${hours}, rings ${rank}`}
      onClick={() => onChoose?.(session)}
    >
      <Hours session={session} />
    </button>
  );
}

function isOver(one: Block, other: Block): boolean {
  return one.fromMinute < other.toMinute && other.fromMinute < one.toMinute;
}

function BlockButton({
  block,
  lane,
  fromHour,
  onChoose,
}: {
  block: Block;
  /** How far it stands to the right of one that it runs into. */
  lane: number;
  fromHour: number;
  onChoose: WeekPlotProps['onChoose'];
}) {
  const { t } = useLingui();
  const words = useDayWords();
  const serviceName = useServiceName();
  const { session, fromMinute: from, toMinute: to, slots } = block;
  const service = serviceName(session.service);
  const [day, mode] = [words.day(session.day), t(modeWords[session.mode])];
  const [slot, step] = [session.slotMinutes, session.slotMinutes + session.bufferMinutes].map(
    (minutes) => minutes / 60,
  );
  return (
    <button
      type="button"
      className={classes(styles.block, styles[session.mode])}
      style={{ ...place(fromHour, from, to), '--lane': lane } as CSSProperties}
      disabled={onChoose === undefined}
      onClick={() => onChoose?.(session)}
    >
      <span
        className={styles.slots}
        aria-hidden="true"
        style={{
          backgroundImage: `repeating-linear-gradient(to bottom, transparent 0 calc(var(--hour) * ${slot} - 1px), var(--line-strong) calc(var(--hour) * ${slot} - 1px) calc(var(--hour) * ${slot}), transparent calc(var(--hour) * ${slot}) calc(var(--hour) * ${step}))`,
          opacity: 0.35,
        }}
      />
      <span className={styles.words}>
        <span className="visually-hidden">
          {day}, {mode}{' '}
        </span>
        <span className={styles.service}>{service} </span>
        <Hours session={session} />{' '}
        <span className={styles.count}>
          <Plural value={slots} one="# slot" other="# slots" />
        </span>
      </span>
    </button>
  );
}

function Closure({
  reason,
  style,
  isShown,
}: {
  reason: keyof typeof closureWords;
  style: CSSProperties;
  isShown: boolean;
}) {
  const { t } = useLingui();
  if (!isShown) return null;
  return (
    <div className={styles.closure} style={style}>
      <span>{t(closureWords[reason])}</span>
    </div>
  );
}

/** The patterns in words, for eyes that do not tell the colours apart. */
export function PlotLegend() {
  const { t } = useLingui();
  return (
    <ul className={styles.legend}>
      <li>
        <span className={classes(styles.block, styles.video, styles.swatch)} />
        {t(modeWords.video)}
      </li>
      <li>
        <span className={classes(styles.block, styles.async, styles.swatch)} />
        {t(modeWords.async)}
      </li>
      <li>
        <span className={classes(styles.duty, styles.swatch)} />
        {t(modeWords.on_call)}
      </li>
      <li>
        <span className={classes(styles.closure, styles.swatch)} />
        <Trans>Away</Trans>
      </li>
      <li>
        <span className={classes(styles.ghost, styles.swatch)} />
        <Trans>What you are writing</Trans>
      </li>
    </ul>
  );
}
