import { describe, expect, it } from 'vitest';
import { ScrollPlace } from '../../../../webview-ui/stats/scrollPlace.js';

/** A page that scrolls no further than it is long. */
class Page {
  scrollY = 0;
  most: number;

  constructor(most: number) {
    this.most = most;
  }

  scrollTo = ((_: number, top: number): void => {
    this.scrollY = Math.min(top, this.most);
  }) as Window['scrollTo'];
}

describe('ScrollPlace', () => {
  it('is sought until the page is long enough, and then left alone', () => {
    const place = new ScrollPlace(300);
    const page = new Page(100);
    place.seek(page);
    expect([page.scrollY, place.settled]).toEqual([100, false]);
    page.most = 500;
    place.seek(page);
    expect([page.scrollY, place.settled]).toEqual([300, true]);
    page.scrollY = 40;
    place.seek(page);
    expect(page.scrollY).toBe(40);
  });

  it('is given up when the person does something', () => {
    const place = new ScrollPlace(300);
    place.release();
    const page = new Page(500);
    place.seek(page);
    expect([page.scrollY, place.settled]).toEqual([0, true]);
  });

  it('is the top while nothing was saved', () => {
    expect(new ScrollPlace(0).settled).toBe(true);
  });
});
