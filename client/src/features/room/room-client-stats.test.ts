import { describe, expect, it } from 'vitest';
import { wayOf } from './room-client-stats.ts';

const transport = (selectedCandidatePairId: string) => ({ type: 'transport', id: 'T', selectedCandidatePairId });
const pair = (id: string, localCandidateId: string) => ({
  type: 'candidate-pair',
  id,
  localCandidateId,
  nominated: true,
  state: 'succeeded',
});
const local = (id: string, facts: object) => ({ type: 'local-candidate', id, ...facts });

describe('the way out', () => {
  it.each([
    [{ candidateType: 'host', protocol: 'udp' }, 'udp'],
    [{ candidateType: 'prflx', protocol: 'udp' }, 'udp'],
    [{ candidateType: 'host', protocol: 'tcp' }, 'tcp'],
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'udp' }, 'turn_udp'],
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' }, 'turn_tcp'],
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }, 'turn_tls'],
  ])('%o is %s', (facts, way) => {
    expect(wayOf([transport('P'), pair('P', 'L'), local('L', facts)])).toBe(way);
  });

  it('is the path in use, not one that was in use before', () => {
    const rows = [
      pair('old', 'direct'),
      pair('new', 'relay'),
      local('direct', { candidateType: 'host', protocol: 'udp' }),
      local('relay', { candidateType: 'relay', relayProtocol: 'tls' }),
    ];
    expect(wayOf([...rows, transport('new')])).toBe('turn_tls');
    expect(wayOf([...rows, transport('old')])).toBe('udp');
  });

  it('is not known before there is one', () => {
    expect(wayOf([{ type: 'transport', id: 'T' }])).toBeNull();
    expect(wayOf([])).toBeNull();
  });

  it('is read from the pair where a browser names none as selected', () => {
    expect(wayOf([pair('P', 'L'), local('L', { candidateType: 'host', protocol: 'tcp' })])).toBe('tcp');
  });
});
