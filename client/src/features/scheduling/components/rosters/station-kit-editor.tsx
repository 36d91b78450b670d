import type { StationId } from '@jaqyn/shared/kernel/ids';
import { EQUIPMENT } from '@jaqyn/shared/scheduling/equipment';
import type { StationKit } from '@jaqyn/shared/scheduling/service.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changeMine, isChanged, type Mine } from '../../../../lib/unseen.ts';
import { PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedUnseen } from '../../../../ui/saved-unseen.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useStationKit } from '../../api/get-station-kit.ts';
import { useSaveStationKit } from '../../api/save-station-kit.ts';
import { Notice, SelectField, ToggleGroup } from './form.tsx';
import { PanelFoot } from './panel.tsx';
import { equipmentWords } from './schedule-words.ts';

/** What a station can offer a consult: how many cameras at once, and which equipment. */
export function StationKitEditor({ stationId }: { stationId: StationId }) {
  const { t } = useLingui();
  const kit = useStationKit(stationId);
  const save = useSaveStationKit();
  const [mine, setMine] = useState<Mine<StationKit>>();
  if (kit.isPending) return <Skeleton lines={3} />;
  if (!kit.data) {
    return <ProblemNotice error={kit.error} onRetry={() => void kit.refetch()} isRetrying={kit.isFetching} />;
  }
  const stored = kit.data;
  const value = mine?.value ?? stored;
  const hasChanges = isChanged(mine, stored, isSameKit);
  const setChanged = (next: StationKit) => {
    save.reset();
    setMine(changeMine(mine, stored, next));
  };
  const storedNames = stored.equipment.map((equipment) => t(equipmentWords[equipment])).join(', ');
  return (
    <>
      <SelectField
        label={<Trans>Rooms with a camera</Trans>}
        hint={<Trans>So many consults at once; what is booked stays</Trans>}
        value={value.cameras}
        onChange={(event) => setChanged({ ...value, cameras: Number(event.target.value) })}
      >
        {[1, 2, 3, 4].map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </SelectField>
      <ToggleGroup
        legend={<Trans>Equipment</Trans>}
        options={EQUIPMENT.map((equipment) => ({ value: equipment, label: t(equipmentWords[equipment]) }))}
        values={value.equipment}
        onChange={(equipment) => setChanged({ ...value, equipment })}
      />
      {save.error && <ProblemNotice error={save.error} />}
      <SavedUnseen
        mine={mine}
        stored={stored}
        isSame={isSameKit}
        isSaving={save.isPending}
        onChoose={(next) => {
          save.reset();
          setMine(next);
        }}
      >
        <ul>
          <li>
            <Trans>Rooms with a camera</Trans>: {stored.cameras}
          </li>
          <li>
            <Trans>Equipment</Trans>: {storedNames === '' ? '—' : storedNames}
          </li>
        </ul>
      </SavedUnseen>
      {save.isSuccess && !hasChanges && (
        <Notice tone="well" isLive>
          <Trans>The equipment is saved.</Trans>
        </Notice>
      )}
      <PanelFoot>
        <PrimaryAction
          isBusy={save.isPending}
          disabled={!hasChanges}
          onClick={() =>
            mine &&
            save.mutate(
              { params: { stationId }, body: { ...mine.value, seen: mine.seen } },
              { onSuccess: () => setMine(undefined) },
            )
          }
        >
          <Trans>Save the equipment</Trans>
        </PrimaryAction>
      </PanelFoot>
    </>
  );
}

function isSameKit(one: StationKit, other: StationKit): boolean {
  return one.cameras === other.cameras && [...one.equipment].sort().join() === [...other.equipment].sort().join();
}
