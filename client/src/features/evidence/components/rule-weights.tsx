import { EVIDENCE_RULES, RULE_WEIGHTS } from '@jaqyn/shared/evidence/judgement';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { classes } from '../../../ui/classes.ts';
import layout from '../../../ui/layout.module.css';
import { ruleWords } from '../evidence-words.ts';

/** What the score is made of: the same for everybody, so that scores can be compared. */
export function RuleWeights() {
  const { t } = useLingui();
  return (
    <section className={classes(layout.card, layout.stack)} aria-labelledby="rule-weights">
      <h2 id="rule-weights">
        <Trans>How the score is made</Trans>
      </h2>
      <p>
        <Trans>
          The score is the share of the rules that could be asked and were met, each by its weight. What nobody could
          know, and what is not asked without a call, does not count.
        </Trans>
      </p>
      <ul className={layout.list}>
        {EVIDENCE_RULES.map((rule) => {
          const weight = RULE_WEIGHTS[rule];
          return (
            <li key={rule}>
              {t(ruleWords[rule])}: <Plural value={weight} one="# point" other="# points" />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
