import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { formatCalendarDate } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import list from './entry-list.module.css';
import { equipmentWords, modeWords } from './schedule-words.ts';

interface ServiceListProps {
  readonly services: readonly HealthcareService[];
  readonly chosenCode: string | undefined;
  specialtyName(code: string): string;
  /** Absent where it is only shown. */
  readonly onChange?: ((service: HealthcareService) => void) | undefined;
}

export function ServiceList({ services, chosenCode, specialtyName, onChange }: ServiceListProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  return (
    <ul className={list.list}>
      {services.map((service) => {
        const { code, mode, slotMinutes, bufferMinutes, requiredEquipment, retiredFrom, overbookLanes } = service;
        const retired = retiredFrom && formatCalendarDate(retiredFrom);
        const needs = requiredEquipment.map((equipment) => t(equipmentWords[equipment])).join(', ');
        return (
          <li key={code} className={classes(list.entry, code === chosenCode && list.chosen)}>
            <div className={list.words}>
              <span className={list.title}>{localText(service.name)}</span>
              <span className="quiet">
                {specialtyName(service.specialty)}, {t(modeWords[mode])},{' '}
                <Trans>
                  {slotMinutes} + {bufferMinutes} min
                </Trans>
                {', '}
                {service.stationMayBook ? t`stations book it themselves` : t`a coordinator confirms`}
                {overbookLanes > 0 && <>, {t`${overbookLanes} more on a taken slot`}</>}
              </span>
              {needs !== '' && (
                <span className="quiet">
                  <Trans>Needs: {needs}</Trans>
                </span>
              )}
              {retired && (
                <span>
                  <StatusBadge tone="heed">
                    <Trans>no longer offered from {retired}</Trans>
                  </StatusBadge>
                </span>
              )}
            </div>
            {onChange && (
              <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => onChange(service)}>
                <Trans>Change</Trans>
              </Action>
            )}
          </li>
        );
      })}
    </ul>
  );
}
