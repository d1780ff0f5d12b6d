import { expect } from '@open-wc/testing';
import { linePath } from './chart.js';

describe('the line of a chart', () => {
  it('goes from left to right, the largest value at the top', () => {
    expect(linePath([0, 5, 10], 3)).to.equal('M0 35L60 18L120 1');
  });

  it('begins at the right while there are few values', () => {
    expect(linePath([10, 10], 3)).to.equal('M60 1L120 1');
  });

  it('lies at the bottom where all is nothing', () => {
    expect(linePath([0, 0], 2)).to.equal('M0 35L120 35');
  });

  it('has gaps where nothing is known, and a dot between two', () => {
    expect(linePath([10, undefined, 10, undefined, 5, 5], 6)).to.equal(
      'M0 1h0.5M48 1h0.5M96 18L120 18',
    );
  });

  it('is empty where there is nothing', () => {
    expect(linePath([], 60)).to.equal('');
    expect(linePath([undefined], 60)).to.equal('');
  });
});
