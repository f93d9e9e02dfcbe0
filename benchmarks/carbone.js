// Renders and converts with Carbone: node carbone.js JOBS.json FACTORIES; prints seconds of warming
// up and of work.
const fs = require('fs');
const carbone = require(process.env.CARBONE);

const [jobsFile, factories] = process.argv.slice(2);
const jobs = JSON.parse(fs.readFileSync(jobsFile, 'utf8'));
const call = (method, ...given) => new Promise((resolve, reject) =>
  carbone[method](...given, (error, made) => (error ? reject(error) : resolve(made))));

async function make(job) {
  const docx = await call('render', job.template, job.values, {});
  fs.writeFileSync(job.docx, docx);
  const pdf = await call('convert', docx, { convertTo: 'pdf', extension: 'docx' });
  fs.writeFileSync(job.pdf, pdf);
}

async function work(queue) {
  for (let job = queue.shift(); job; job = queue.shift()) {
    await make(job);
  }
}

carbone.set({ factories: Number(factories), lang: 'ru' });
// The start of LibreOffice is no work: each factory makes one document, then the clock runs.
const secondsSince = (moment) => Number(process.hrtime.bigint() - moment) / 1e9;
const begun = process.hrtime.bigint();
Promise.all(Array.from({ length: Number(factories) }, () => make(jobs[0])))
  .then(async () => {
    const warming = secondsSince(begun);
    const started = process.hrtime.bigint();
    const queue = [...jobs];
    await Promise.all(Array.from({ length: Number(factories) }, () => work(queue)));
    console.log(warming, secondsSince(started));
    process.exit(0);
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
